import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addOrganization } from './sessions/servers.ts';
import { openTerminal, requestTerminal } from './sessions/terminal-client.ts';
import { startHostile, type HostileServer } from './ssh-servers/hostile.ts';

/** Lets every password in, and keeps the shell open. */
function startPasswordServer(): Promise<HostileServer> {
  return startHostile({
    methods: ['password'],
    accept: ({ method }) => method === 'password',
    onChannel: () => undefined,
  });
}

describe.each(engines)('a question of a login: %s', (engine) => {
  let gatehouse: TestGatehouse;
  let server: HostileServer;
  let other: HostileServer;
  let mallory: Person;
  let bert: Person;
  let organizationId: number;

  beforeAll(async () => {
    server = await startPasswordServer();
    other = await startPasswordServer();
    gatehouse = await startTestGatehouse({ engine });
    mallory = await gatehouse.person('mallory');
    bert = await gatehouse.person('bert');
    organizationId = await addOrganization(mallory, [bert]);
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  /** Bert logs in as `root` by typing; resolves to the questions. */
  async function logIn(entryId: number) {
    const terminal = await openTerminal(gatehouse, bert, { entryId });
    const username = await terminal.question();
    terminal.tell({ t: 'answer', id: username.id, values: ['root'] });
    const password = await terminal.question();
    terminal.tell({ t: 'answer', id: password.id, values: ['a password'] });
    await terminal.frame('ready');
    terminal.socket.close();
    return { username, password };
  }

  const lead = async (entryId: number, to: HostileServer) => {
    const config = { protocol: 'ssh', ip: 'localhost', port: to.port, hostKeyPolicy: 'accept-new' };
    expect((await mallory.call('PATCH', `/api/entry/${entryId}`, { config })).status).toBe(200);
  };

  test('names where the answer goes, and what of that others have changed since', async () => {
    const entryId = await addEntry(mallory, server, { organizationId });
    const first = await logIn(entryId);
    const place = { host: server.host, port: server.port, jumpHosts: [], lastLoginAt: null, changes: [] };
    expect(first.username.destination).toMatchObject({ ...place, username: null, hostKey: null });
    expect(first.password.destination).toMatchObject({
      ...place,
      username: 'root',
      hostKey: { fingerprint: expect.stringMatching(/^SHA256:/) as string },
    });

    const again = await logIn(entryId);
    expect(again.password.destination).toMatchObject({ lastLoginAt: expect.any(String) as string, changes: [] });

    await lead(entryId, other);
    const shown = await bert.call('GET', `/api/connection/${entryId}/destination`);
    const moved = [
      { field: 'host', before: [server.host], by: 'mallory', byYou: false },
      { field: 'port', before: [String(server.port)], by: 'mallory' },
    ];
    expect(shown.body).toMatchObject({
      host: 'localhost',
      port: other.port,
      changes: expect.arrayContaining(moved.map((one) => expect.objectContaining(one) as object)) as object,
    });
    const led = await logIn(entryId);
    expect(led.password.destination).toMatchObject({
      host: 'localhost',
      port: other.port,
      changes: [...moved, { field: 'hostKey', by: 'mallory' }],
    });
    expect((await logIn(entryId)).password.destination.changes).toEqual([]);
  });

  test('takes a typed password only to the destination that was shown', async () => {
    const entryId = await addEntry(mallory, server, { organizationId });
    const shown = await bert.call('GET', `/api/connection/${entryId}/destination`);
    const body = {
      entryId,
      destination: shown.at('tag'),
      directIdentity: { username: 'root', password: 'a password' },
    };
    expect(await requestTerminal(bert, body)).toMatchObject({ sessionId: expect.any(Number) as number });
    await lead(entryId, other);
    expect(await bert.call('POST', '/api/connection', body)).toMatchObject({
      status: 409,
      body: { error: 'conflict' },
    });
  });

  test('is answered to members alone', async () => {
    const entryId = await addEntry(mallory, server, { organizationId });
    const stranger = await gatehouse.person('stranger');
    expect((await stranger.call('GET', `/api/connection/${entryId}/destination`)).status).toBe(404);
  });
});
