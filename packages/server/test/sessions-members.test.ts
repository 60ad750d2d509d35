import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addOrganization, auditOf, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

let account: TestAccount;
let sshd: Sshd;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
});

afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

describe.each(engines)('the sessions of members on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let owner: Person;
  let anna: Person;
  let bert: Person;
  let stranger: Person;
  let organizationId: number;
  let identityId: number;
  let shared: number;
  let personal: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
    owner = await gatehouse.person('owner');
    anna = await gatehouse.person('anna');
    bert = await gatehouse.person('bert');
    stranger = await gatehouse.person('stranger');
    organizationId = await addOrganization(owner, [anna, bert]);
    await addOrganization(stranger, [owner]);
    identityId = await keyIdentity(owner, account.username, { organizationId });
    shared = await addEntry(owner, sshd, { organizationId, identities: [identityId], name: 'shared' });
    personal = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)], name: 'mine' });
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  const start = async (entryId: number, used?: number) => {
    const terminal = await openTerminal(gatehouse, anna, {
      entryId,
      ...(used === undefined ? {} : { identityId: used }),
    });
    await terminal.frame('ready');
    return terminal;
  };
  const listed = async (person: Person) =>
    (await person.call('GET', `/api/connection?organizationId=${organizationId}`)).body as { id: number }[];

  test('are shown to the owner while they are live, without what the server said', async () => {
    const terminal = await start(shared);
    const path = `/api/connection/${terminal.sessionId}`;

    const [session] = await listed(owner);
    expect(session).toMatchObject({
      ...{ id: terminal.sessionId, accountId: anna.id, username: 'anna', entryId: shared, entryName: 'shared' },
      ...{ organizationId, identityId, status: 'open', endedAt: null, steps: [] },
    });
    expect((await owner.call('GET', path)).body).toEqual(session);
    expect((await owner.call('GET', '/api/connection')).body).toEqual([]);
    for (const [method, action, body] of [
      ['POST', 'ticket', undefined],
      ['POST', 'resize', { cols: 10, rows: 10 }],
    ] as const)
      expect((await owner.call(method, `${path}/${action}`, body)).status).toBe(404);

    terminal.type('exit\n');
    await terminal.closed();
    await expect.poll(() => listed(owner)).toEqual([]);
    expect((await owner.call('GET', path)).status).toBe(404);
    expect((await anna.call('GET', path)).status).toBe(200);
  });

  test('are ended by the owner, who is named to the member and in the audit log', async () => {
    const terminal = await start(shared);
    const path = `/api/connection/${terminal.sessionId}`;

    for (const person of [bert, stranger]) {
      expect((await person.call('DELETE', path)).status).toBe(404);
      expect((await person.call('GET', path)).status).toBe(404);
      expect((await person.call('GET', `/api/connection?organizationId=${organizationId}`)).status).toBe(404);
    }
    expect((await owner.call('DELETE', path)).status).toBe(200);

    const reason = 'owner, who manages the members of the organization, ended it';
    expect(await terminal.closed()).toMatchObject({ code: 4002, reason });
    const ends = await auditOf(owner, 'session.terminate', organizationId);
    expect(ends.at(-1)).toMatchObject({
      ...{ actor: 'owner', resourceId: terminal.sessionId, resourceName: 'shared', organizationId, outcome: 'ok' },
      details: { accountId: anna.id, username: 'anna', entryId: shared },
    });
    await expect
      .poll(async () => (await auditOf(owner, 'session.end', organizationId)).at(-1)?.details['why'])
      .toBe(reason);
    expect((await owner.call('DELETE', path)).status).toBe(404);
  });

  test('are also those with an identity of the organization on a server of their own, which is not named', async () => {
    await owner.call('PATCH', `/api/organization/${organizationId}/members/${anna.id}/permissions`, {
      permissions: ['identities.use', 'identities.manage', 'connect.ssh'],
    });
    const own = await addEntry(anna, sshd, { identities: [identityId], name: 'private name' });
    const terminal = await start(own, identityId);

    const sessions = await listed(owner);
    expect(sessions).toMatchObject([
      { id: terminal.sessionId, username: 'anna', identityId, organizationId: null, entryId: null, entryName: '' },
    ]);
    expect(JSON.stringify(sessions)).not.toContain('private name');
    expect((await owner.call('DELETE', `/api/connection/${terminal.sessionId}`)).status).toBe(200);
    expect((await terminal.closed()).code).toBe(4002);
  });

  test('with their own things stay their own', async () => {
    const terminal = await start(personal);

    expect(await listed(owner)).toEqual([]);
    expect((await owner.call('DELETE', `/api/connection/${terminal.sessionId}`)).status).toBe(404);

    terminal.type('exit\n');
    await terminal.closed();
  });
});
