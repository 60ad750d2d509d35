import { once } from 'node:events';
import { stateTopics } from '@gatehouse/contract/state-socket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { engines, password, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addOrganization } from './sessions/servers.ts';
import { upgradeStatus } from './sessions/terminal-client.ts';
import { connectState, follow, listen } from './state-listener.ts';
import { startHostile } from './ssh-servers/hostile.ts';

const hourMs = 3_600_000;
const config = { protocol: 'ssh', ip: '127.0.0.1', port: 1 };

function addServer(person: Person, organizationId?: number, port = 1) {
  return person.call('PUT', '/api/entry', {
    name: 'web',
    type: 'server',
    config: { ...config, port },
    ...(organizationId === undefined ? {} : { organizationId }),
  });
}

function addIdentity(person: Person, organizationId?: number) {
  const identity = { name: 'deploy', type: 'password', username: 'deploy', password: 'the secret' };
  return person.call('PUT', '/api/identity', organizationId === undefined ? identity : { ...identity, organizationId });
}

async function apiKey(person: Person, scopes: readonly string[]): Promise<string> {
  const expiresAt = new Date(Date.now() + 24 * hourMs).toISOString();
  const made = await person.call('POST', '/api/account/api-keys', {
    currentPassword: password,
    name: 'robot',
    scopes,
    expiresAt,
  });
  return String(made.at('token'));
}

describe.each(engines)('the state of things on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let olga: Person;
  let mike: Person;
  let stranger: Person;
  let organizationId: number;
  let aheadMs = 0;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({
      engine,
      now: () => new Date(Date.now() + aheadMs),
      environment: { SESSION_IDLE_HOURS: '2', SESSION_ABSOLUTE_HOURS: '100' },
    });
    olga = await gatehouse.person('olga');
    mike = await gatehouse.person('mike');
    stranger = await gatehouse.person('stranger');
    organizationId = await addOrganization(olga, [mike]);
  });
  afterAll(() => gatehouse[Symbol.asyncDispose]());

  test('is told of whole at first, so that who comes back reads everything anew', async () => {
    const listener = follow(connectState(gatehouse, { authorization: `Bearer ${olga.token}` }));
    expect(new Set(await listener.heard())).toEqual(new Set(stateTopics));
    expect(listener.socket.protocol).toBe('gatehouse.v1');
    listener.socket.close();
  });

  test('is told of to the members of an organization, and to no other account', async () => {
    const [hers, his, foreign] = await Promise.all([olga, mike, stranger].map(({ token }) => listen(gatehouse, token)));
    await addServer(olga, organizationId);
    await addIdentity(olga, organizationId);
    await Promise.all(
      [hers, his].map((listener) => Promise.all([listener?.hears('ENTRIES'), listener?.hears('IDENTITIES')])),
    );
    expect(new Set(await hers?.heard())).toEqual(new Set(['ENTRIES', 'IDENTITIES']));
    expect(new Set(await his?.heard())).toEqual(new Set(['ENTRIES', 'IDENTITIES']));

    await olga.call('PATCH', `/api/organization/${organizationId}`, { description: 'on call' });
    await Promise.all([hers?.hears('ORGANIZATIONS'), his?.hears('ORGANIZATIONS')]);

    expect(await foreign?.heard()).toEqual([]);
    for (const listener of [hers, his, foreign]) listener?.socket.close();
  });

  test('is told of to oneself alone where it is one’s own', async () => {
    const [one, other, member] = await Promise.all(
      [olga.token, (await gatehouse.signIn('olga')).token, mike.token].map((token) => listen(gatehouse, token)),
    );
    await addServer(olga);
    await addIdentity(olga);
    for (const listener of [one, other])
      expect(new Set(await listener?.heard())).toEqual(new Set(['ENTRIES', 'IDENTITIES']));
    expect(await member?.heard()).toEqual([]);
    for (const listener of [one, other, member]) listener?.socket.close();
  });

  test('has sessions on servers as they begin, go live and end', async () => {
    await using server = await startHostile({ accept: () => true });
    const { port } = server;
    const added = await addServer(olga, undefined, port);
    const listener = await listen(gatehouse, olga.token);
    const member = await listen(gatehouse, mike.token);
    const opened = await olga.call('POST', '/api/connection', { entryId: added.at('id') });
    expect(opened.status).toBe(201);
    await listener.hears('CONNECTIONS');
    expect(await listener.heard()).toEqual(['CONNECTIONS']);
    await olga.call('DELETE', `/api/connection/${String(opened.at('sessionId'))}`);
    await listener.hears('CONNECTIONS');
    expect(await listener.heard()).toEqual(['CONNECTIONS']);
    expect(await member.heard()).toEqual([]);
    for (const { socket } of [listener, member]) socket.close();
  });

  test('follows memberships at once', async () => {
    const joiner = await gatehouse.person('joan');
    const listener = await listen(gatehouse, joiner.token);
    await olga.call('POST', `/api/organization/${organizationId}/invite`, { username: 'joan' });
    await listener.hears('ORGANIZATIONS');
    await listener.heard();
    // Invited is not in.
    await addServer(olga, organizationId);
    expect(await listener.heard()).toEqual([]);

    await joiner.call('POST', `/api/organization/invitations/${organizationId}/respond`, { accept: true });
    for (const topic of ['ORGANIZATIONS', 'ENTRIES', 'IDENTITIES'] as const) await listener.hears(topic);
    await listener.heard();
    await addServer(olga, organizationId);
    await listener.hears('ENTRIES');

    await olga.call('DELETE', `/api/organization/${organizationId}/members/${joiner.id}`);
    for (const topic of ['ORGANIZATIONS', 'ENTRIES', 'IDENTITIES'] as const) await listener.hears(topic);
    await listener.heard();
    await addServer(olga, organizationId);
    await addIdentity(olga, organizationId);
    await olga.call('PATCH', `/api/organization/${organizationId}`, { description: 'without her' });
    expect(await listener.heard()).toEqual([]);
    expect(listener.socket.readyState).toBe(WebSocket.OPEN);
    listener.socket.close();
  });

  test('tells a member whose permissions change', async () => {
    const listener = await listen(gatehouse, mike.token);
    await olga.call('PUT', `/api/organization/${organizationId}/members/${mike.id}/permissions`, {
      permissions: { 'identities.manage': 'deny' },
    });
    for (const topic of ['ORGANIZATIONS', 'ENTRIES', 'IDENTITIES'] as const) await listener.hears(topic);
    listener.socket.close();
  });

  test('comes as few frames, the first at once', async () => {
    const listener = await listen(gatehouse, olga.token);
    const first = addServer(olga);
    await listener.hears('ENTRIES');
    await first;
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 100 }, () => addServer(olga)));
    const tookMs = performance.now() - start;
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 200)).toEqual([]);
    const frames = await listener.heard();
    expect(frames.length).toBeGreaterThanOrEqual(2);
    expect(frames.length).toBeLessThanOrEqual(Math.ceil(tookMs / 100) + 3);
    listener.socket.close();
  });

  describe('ends when the sign-in does', () => {
    test.each([
      [
        'by signing out',
        async (one: Person) => gatehouse.call('POST', '/api/auth/logout', { body: { token: one.token } }),
      ],
      [
        'by being disabled',
        async (one: Person) =>
          (await gatehouse.administrator()).call('PATCH', `/api/users/${one.id}`, { disabled: true }),
      ],
      [
        'by being deleted',
        async (one: Person) => (await gatehouse.administrator()).call('DELETE', `/api/users/${one.id}`),
      ],
    ])('%s', async (_how, end) => {
      const person = await gatehouse.person(`p${String(Math.random()).slice(2, 12)}`);
      const listener = await listen(gatehouse, person.token);
      const other = await listen(gatehouse, olga.token);
      const start = performance.now();
      expect((await end(person)).status).toBe(200);
      expect(await listener.closed()).toBe(4401);
      expect(performance.now() - start).toBeLessThan(15_000);
      expect(other.socket.readyState).toBe(WebSocket.OPEN);
      other.socket.close();
    });

    test('by a change of the password elsewhere', async () => {
      const person = await gatehouse.person('paula');
      const elsewhere = await gatehouse.signIn('paula');
      const listener = await listen(gatehouse, person.token);
      const change = { password: 'tractor velvet lagoon seven', currentPassword: password };
      expect((await elsewhere.call('PATCH', '/api/account/password', change)).status).toBe(200);
      expect(await listener.closed()).toBe(4401);
    });

    test('by the deletion of an API key', async () => {
      const key = await apiKey(olga, [
        ...['identities:list', 'entries:read', 'connections:read', 'organizations:read'],
      ]);
      const listener = await listen(gatehouse, key);
      const keys = (await olga.call('GET', '/api/account/api-keys')).at('0.id');
      expect((await olga.call('DELETE', `/api/account/api-keys/${String(keys)}`)).status).toBe(200);
      expect(await listener.closed()).toBe(4401);
    });

    test('by itself, since listening is no use of it; and goes on where it was used', async () => {
      try {
        const idle = await listen(gatehouse, (await gatehouse.signIn('olga')).token);
        const busy = await gatehouse.signIn('olga');
        const used = await listen(gatehouse, busy.token);
        aheadMs = 1.5 * hourMs;
        await busy.call('GET', '/api/account/me');
        expect(await idle.heard()).toEqual([]);
        expect(idle.socket.readyState).toBe(WebSocket.OPEN);
        aheadMs = 2.1 * hourMs;
        const start = performance.now();
        expect(await idle.closed()).toBe(4401);
        expect(performance.now() - start).toBeLessThan(15_000);
        expect(await used.heard()).toEqual([]);
        expect(used.socket.readyState).toBe(WebSocket.OPEN);
        used.socket.close();
      } finally {
        // The clock of sign-ins never goes back; the next caller signs in again.
        [olga, mike, stranger] = await Promise.all([
          gatehouse.signIn('olga'),
          gatehouse.signIn('mike'),
          gatehouse.signIn('stranger'),
        ]);
      }
    });
  });
});

describe('the socket', () => {
  let gatehouse: TestGatehouse;
  let admin: Person;
  let cookie: string;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse();
    admin = await gatehouse.administrator();
    const signedIn = await gatehouse.call('POST', '/api/auth/cookie', { body: { username: 'admin', password } });
    cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  });
  afterAll(() => gatehouse[Symbol.asyncDispose]());

  const firefox = 'Mozilla/5.0 (X11) Firefox/150.0';

  test.for([
    ['our page with its cookie', { cookie: 'COOKIE', origin: 'URL', 'user-agent': firefox }, 101],
    ['a program with a token', { authorization: 'TOKEN' }, 101],
    ['a foreign page with the cookie', { cookie: 'COOKIE', origin: 'https://evil.example' }, 403],
    ['a sandboxed page with the cookie', { cookie: 'COOKIE', origin: 'null' }, 403],
    ['another port with the cookie', { cookie: 'COOKIE', origin: 'http://127.0.0.1:1' }, 403],
    ['a page whose name begins like ours', { cookie: 'COOKIE', origin: 'URL.evil.example' }, 403],
    ['what the browser calls the same site', { cookie: 'COOKIE', origin: 'URL', 'sec-fetch-site': 'same-site' }, 403],
    ['a browser that does not say which page', { cookie: 'COOKIE', 'user-agent': firefox }, 403],
    ['a cookie without any page', { cookie: 'COOKIE' }, 403],
    ['a foreign page with a token', { authorization: 'TOKEN', origin: 'https://evil.example' }, 403],
    ['our page without a cookie', { origin: 'URL' }, 400],
    ['our page with two cookies', { cookie: 'COOKIE; COOKIE', origin: 'URL' }, 401],
    ['an unknown token', { authorization: `Bearer ${'0'.repeat(96)}` }, 401],
    ['an unknown cookie', { cookie: `gatehouse=${'0'.repeat(96)}`, origin: 'URL' }, 401],
  ] as const)('is refused or opened before the upgrade: %s', async ([, headers, status]) => {
    const sent = Object.entries(headers).map(([name, value]) => [
      name,
      value.replaceAll('COOKIE', cookie).replace('URL', gatehouse.url).replace('TOKEN', `Bearer ${admin.token}`),
    ]);
    const filled = Object.fromEntries(sent) as Record<string, string>;
    expect(await upgradeStatus(connectState(gatehouse, filled))).toBe(status);
  });

  test('is no page', async () => {
    expect((await admin.call('GET', '/api/ws/state')).status).toBe(400);
    expect((await gatehouse.call('GET', '/api/ws/state')).status).toBe(400);
  });

  test('tells an API key of the lists that it may read', async () => {
    const reader = await apiKey(admin, ['entries:read', 'audit:read']);
    const listener = follow(connectState(gatehouse, { authorization: `Bearer ${reader}` }));
    expect(await listener.heard()).toEqual(['ENTRIES']);
    await addIdentity(admin);
    await addServer(admin);
    expect(await listener.heard()).toEqual(['ENTRIES']);
    listener.socket.close();

    const blind = await apiKey(admin, ['audit:read', 'connections:open']);
    expect(await upgradeStatus(connectState(gatehouse, { authorization: `Bearer ${blind}` }))).toBe(403);
    const denied = await admin.call('GET', '/api/audit/logs?action=auth.scope');
    expect(denied.at('logs.0')).toMatchObject({ outcome: 'denied', resourceName: 'live.state' });
  });

  test.each([
    ['text', 'hello'],
    ['bytes', Buffer.alloc(100)],
    ['nothing', ''],
  ])('hangs up on who speaks: %s', async (_what, message) => {
    const listener = await listen(gatehouse, admin.token);
    listener.socket.send(message);
    expect(await listener.closed()).toBe(1008);
  });

  test('takes no more than a frame can hold', async () => {
    const listener = await listen(gatehouse, admin.token);
    listener.socket.send(Buffer.alloc(2 * 1024 * 1024));
    expect(await listener.closed()).toBe(1009);
  });

  test('answers pings of a page, which cannot send those of the protocol, and hangs up on too many', async () => {
    const socket = connectState(gatehouse, { authorization: `Bearer ${admin.token}` });
    const frames: string[] = [];
    socket.on('message', (data: Buffer) => frames.push(data.toString()));
    await once(socket, 'open');
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.send('{"type":"PING"}');
    await expect.poll(() => frames, { timeout: 30_000 }).toContain('{"type":"PONG","data":null}');
    for (let sent = 0; sent < 100; sent += 1) socket.send('{"type":"PING"}');
    expect((await closed)[0]).toBe(1008);
  });

  test('answers pings', async () => {
    const { socket } = await listen(gatehouse, admin.token);
    socket.ping('are you there');
    const [data] = (await once(socket, 'pong')) as [Buffer];
    expect(data.toString()).toBe('are you there');
    socket.close();
  });

  test('is there twenty times for one account, and again when one is closed', async () => {
    const person = await gatehouse.person('many');
    const other = await gatehouse.person('other');
    const open = () => connectState(gatehouse, { authorization: `Bearer ${person.token}` });
    const first = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = open();
        await once(socket, 'open');
        return socket;
      }),
    );
    expect(await upgradeStatus(open())).toBe(429);
    expect(await upgradeStatus(connectState(gatehouse, { authorization: `Bearer ${other.token}` }))).toBe(101);
    first[0]?.terminate();
    await expect.poll(() => upgradeStatus(open())).toBe(101);
    for (const socket of first) socket.terminate();
  });

  test('is not there more often however many ask at once', async () => {
    const person = await gatehouse.person('crowd');
    const sockets = Array.from({ length: 60 }, () =>
      connectState(gatehouse, { authorization: `Bearer ${person.token}` }),
    );
    for (const socket of sockets) socket.on('error', () => undefined);
    await expect.poll(() => sockets.every(({ readyState }) => readyState !== WebSocket.CONNECTING)).toBe(true);
    await expect.poll(() => sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length).toBe(20);
    for (const socket of sockets) socket.terminate();
  });

  test('closes when the server stops, and who comes back hears everything', async () => {
    const listener = await listen(gatehouse, admin.token);
    const silent = await listen(gatehouse, admin.token);
    silent.socket.pause();
    const start = performance.now();
    await gatehouse.restart();
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(await listener.closed()).toBe(1001);
    const again = await listen(gatehouse, admin.token);
    again.socket.close();
    silent.socket.terminate();
  });
});
