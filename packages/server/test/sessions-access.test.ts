import { setTimeout as delay } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { password, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import {
  addEntry,
  addIdentity,
  addOrganization,
  auditOf,
  authorizedKeys,
  exec,
  keyIdentity,
} from './sessions/servers.ts';
import {
  connectSocket,
  joinTerminal,
  openTerminal,
  requestTerminal,
  upgradeStatus,
} from './sessions/terminal-client.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let anna: Person;
let bert: Person;
let entryId: number;
let aheadMs = 0;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
  gatehouse = await startTestGatehouse({ now: () => new Date(Date.now() + aheadMs) });
  anna = await gatehouse.person('anna');
  bert = await gatehouse.person('bert');
  entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

describe("another account's session", () => {
  test('is not there: not to read, to end, to resize, to join', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    const { sessionId } = terminal;
    const requests = [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['POST', '/ticket', undefined],
      ['POST', '/resize', { cols: 10, rows: 10 }],
    ] as const;
    for (const [method, path, body] of requests) {
      const foreign = await bert.call(method, `/api/connection/${sessionId}${path}`, body);
      const absent = await bert.call(method, `/api/connection/99999${path}`, body);
      expect(foreign.status).toBe(404);
      expect({ ...(foreign.body as object), requestId: '' }).toEqual({ ...(absent.body as object), requestId: '' });
    }
    expect((await bert.call('GET', '/api/connection')).body).toEqual([]);
    expect(await auditOf(bert, 'session.*')).toEqual([]);
    terminal.type('echo un$((1+1))touched; exit\n');
    await terminal.says('un2touched');
  });
});

describe('a member without the permission to connect', () => {
  test('gets the same 403 for every use, and each is recorded', async () => {
    const organizationId = await addOrganization(anna, [bert]);
    const identityId = await keyIdentity(anna, account.username, { organizationId });
    await using recorder = await startHostile();
    const server = await addEntry(anna, recorder, { identities: [identityId], organizationId });
    const personal = await keyIdentity(bert, account.username);
    const behind = await addEntry(bert, sshd, { identities: [personal], config: { jumpHosts: [server] } });
    await anna.call('PUT', `/api/organization/${organizationId}/members/${bert.id}/permissions`, {
      permissions: { 'connect.ssh': 'deny' },
    });
    const answers = [
      await exec(bert, server, 'true'),
      await exec(bert, server, 'true', { directIdentity: { username: 'bert', password: 'the secret' } }),
      await bert.call('POST', '/api/connection', { entryId: server }),
      await bert.call('POST', `/api/identity/${identityId}/test`, { entryId: server }),
      await bert.call('POST', `/api/entry/${server}/host-keys/scan`),
      await exec(bert, behind, 'true'),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 403,
        body: { error: 'forbidden', message: 'You may not connect to servers of this organization over SSH.' },
      });
    expect(recorder.connections()).toBe(0);
    const denied = (await auditOf(anna, 'session.open', organizationId)).filter(({ outcome }) => outcome === 'denied');
    expect(denied).toHaveLength(answers.length);
    expect(denied[0]).toMatchObject({ accountId: bert.id, resourceId: server });
  });

  test("does not come to them with the organization's identity and a server of his own, either", async () => {
    const organizationId = await addOrganization(anna, [bert]);
    const identityId = await keyIdentity(anna, account.username, { organizationId });
    const own = await addEntry(bert, sshd, { identities: [identityId] });
    const behind = await addEntry(bert, sshd, {
      identities: [await keyIdentity(bert, account.username)],
      config: { jumpHosts: [own] },
    });
    const terminal = await openTerminal(gatehouse, bert, { entryId: own });
    await terminal.frame('ready');
    await anna.call('PUT', `/api/organization/${organizationId}/members/${bert.id}/permissions`, {
      permissions: { 'connect.ssh': 'deny' },
    });
    expect(await terminal.closed()).toMatchObject({ reason: 'the permission to connect was revoked' });
    const answers = [
      await exec(bert, own, 'true'),
      await exec(bert, own, 'true', { identityId }),
      await bert.call('POST', '/api/connection', { entryId: own }),
      await bert.call('POST', `/api/identity/${identityId}/test`, { entryId: own }),
      await exec(bert, behind, 'true'),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 403,
        body: { message: 'You may not log in over SSH with the identities of this organization.' },
      });
    const denied = (await auditOf(anna, 'identity.use', organizationId)).filter(({ outcome }) => outcome === 'denied');
    expect(denied).toHaveLength(answers.length);
    expect(denied[0]).toMatchObject({ accountId: bert.id, resourceId: identityId });
    expect((await exec(anna, await addEntry(anna, sshd, { identities: [identityId] }), 'true')).status).toBe(200);
  });
});

describe('an API key', () => {
  async function robot(scopes: readonly string[]): Promise<Person> {
    const made = await anna.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'robot',
      scopes,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const token = String(made.at('token'));
    return { ...anna, token, call: (method, path, body) => gatehouse.call(method, path, { token, body }) };
  }

  test('does not join what a person has opened', async () => {
    const opener = await robot(['connections:open']);
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    expect((await opener.call('POST', `/api/connection/${terminal.sessionId}/ticket`)).status).toBe(404);
    const own = await requestTerminal(opener, { entryId });
    expect((await opener.call('POST', `/api/connection/${own.sessionId}/ticket`)).status).toBe(200);
    for (const id of [terminal.sessionId, own.sessionId]) await anna.call('DELETE', `/api/connection/${id}`);
  });
});

describe('a request that is on its way for long', () => {
  test('opens nothing when its sign-in ends before it has arrived', async () => {
    await using recorder = await startHostile();
    const recorded = await addEntry(anna, recorder, { identities: [await keyIdentity(anna, account.username)] });
    const thief = await gatehouse.signIn('anna');
    const bodies = [
      ['/api/connection', JSON.stringify({ entryId: recorded })],
      [`/api/connection/${recorded}/exec`, JSON.stringify({ command: 'true' })],
    ] as const;
    const slowly = bodies.map(([path, body]) => {
      const headers = {
        authorization: `Bearer ${thief.token}`,
        'content-type': 'application/json',
        'content-length': body.length,
      };
      const sending = request(gatehouse.url + path, { method: 'POST', headers });
      sending.write(body.slice(0, 5));
      const status = new Promise((resolve, reject) => {
        sending.on('response', (response) => {
          resolve(response.statusCode);
        });
        sending.on('error', reject);
      });
      return { status, finish: () => sending.end(body.slice(5)) };
    });
    await delay(200);
    await gatehouse.call('POST', '/api/auth/logout', { body: { token: thief.token } });
    for (const { finish } of slowly) finish();
    expect(await Promise.all(slowly.map(({ status }) => status))).toEqual([401, 401]);
    expect(recorder.connections()).toBe(0);
  });
});

describe('the WebSocket', () => {
  test.for([
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['a page whose name begins like ours', { origin: 'URL.evil.example' }, 403],
    ['our name with another scheme', { origin: 'https://HOST' }, 403],
    ['a browser that does not say which page', { 'user-agent': 'Mozilla/5.0 (X11) Firefox/150.0' }, 403],
    ['our own page', { origin: 'URL', 'user-agent': 'Mozilla/5.0 (X11) Firefox/150.0' }, 101],
    ['a program', {}, 101],
  ] as const)('is refused or opened before the upgrade: %s', async ([, headers, status]) => {
    const { host } = new URL(gatehouse.url);
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('URL', gatehouse.url).replace('HOST', host)]),
    );
    const ticket = await requestTerminal(anna, { entryId });
    expect(await upgradeStatus(connectSocket(gatehouse, ticket, sent))).toBe(status);
    // A request that is refused because of its page does not use up the ticket of another one.
    if (status === 403) expect(await upgradeStatus(connectSocket(gatehouse, ticket))).toBe(101);
    await anna.call('DELETE', `/api/connection/${ticket.sessionId}`);
  });

  test('takes a ticket once', async () => {
    const ticket = await requestTerminal(anna, { entryId });
    const terminal = await joinTerminal(gatehouse, ticket);
    await terminal.frame('ready');
    expect(await upgradeStatus(connectSocket(gatehouse, ticket))).toBe(401);
    terminal.type('exit\n');
    await terminal.closed();
  });

  test('takes a ticket for its own session only, and it is used up then', async () => {
    const one = await requestTerminal(anna, { entryId });
    const other = await requestTerminal(anna, { entryId });
    const wrong = { sessionId: other.sessionId, ticket: one.ticket };
    expect(await upgradeStatus(connectSocket(gatehouse, wrong))).toBe(401);
    expect(await upgradeStatus(connectSocket(gatehouse, one))).toBe(401);
    for (const { sessionId } of [one, other]) await anna.call('DELETE', `/api/connection/${sessionId}`);
  });

  test('takes a ticket on its own route only', async () => {
    const { sessionId, ticket } = await requestTerminal(anna, { entryId });
    for (const path of ['/api/ws/state', '/api/ws/session', '/api/connection', `/api/connection/${sessionId}`]) {
      const answer = await gatehouse.call('GET', path, { headers: { authorization: `Bearer ${ticket}` } });
      expect([401, 404]).toContain(answer.status);
    }
    expect((await gatehouse.call('GET', `/api/ws/session/${sessionId}?ticket=${ticket}`)).status).toBe(400);
    await anna.call('DELETE', `/api/connection/${sessionId}`);
  });

  test('takes no ticket after 31 seconds', async () => {
    const ticket = await requestTerminal(anna, { entryId });
    const fresh = await requestTerminal(anna, { entryId });
    aheadMs = 29_000;
    expect(await upgradeStatus(connectSocket(gatehouse, fresh))).toBe(101);
    aheadMs = 31_000;
    expect(await upgradeStatus(connectSocket(gatehouse, ticket))).toBe(401);
    aheadMs = 0;
    for (const { sessionId } of [ticket, fresh]) await anna.call('DELETE', `/api/connection/${sessionId}`);
  });

  test('takes no ticket of a sign-in that has ended', async () => {
    const other = await gatehouse.signIn('anna');
    const ticket = await requestTerminal(other, { entryId });
    await gatehouse.call('POST', '/api/auth/logout', { body: { token: other.token } });
    expect(await upgradeStatus(connectSocket(gatehouse, ticket))).toBe(401);
  });

  test.for([
    ['no subprotocol', []],
    ['a ticket alone', ['ticket.TICKET']],
    ['another protocol', ['gatehouse.v2', 'ticket.TICKET']],
    ['no ticket', ['gatehouse.v1']],
  ])('needs protocol and ticket: %s', async ([, protocols]) => {
    const { sessionId, ticket } = await requestTerminal(anna, { entryId });
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': (protocols as string[]).map((name) => name.replace('TICKET', ticket)).join(', '),
    };
    const status = await new Promise((resolve, reject) => {
      const asking = request(`${gatehouse.url}/api/ws/session/${sessionId}`, { headers });
      asking.on('response', (response) => {
        resolve(response.statusCode);
        asking.destroy();
      });
      asking.on('upgrade', (_, socket) => {
        resolve(101);
        socket.destroy();
      });
      asking.on('error', reject);
      asking.end();
    });
    expect(status).toBe(400);
    await anna.call('DELETE', `/api/connection/${sessionId}`);
  });

  test('never shows the ticket in the log', async () => {
    const { sessionId, ticket } = await requestTerminal(anna, { entryId });
    const terminal = await joinTerminal(gatehouse, { sessionId, ticket });
    await terminal.frame('ready');
    await anna.call('DELETE', `/api/connection/${sessionId}`);
    await delay(50);
    expect(gatehouse.log()).not.toContain(ticket);
  });
});

describe('an audit log that cannot be written', () => {
  test('keeps every use of a server from happening', async () => {
    await using recorder = await startHostile({ accept: () => true });
    const identityId = await addIdentity(anna, { type: 'password', username: 'anna', password: 'the secret' });
    const recorded = await addEntry(anna, recorder, { identities: [identityId] });
    const waiting = await requestTerminal(anna, { entryId: recorded });
    const database = new SqliteDatabase(join(gatehouse.dataDir, 'gatehouse.db'));
    try {
      database.exec("create trigger full_disk before insert on audit_log begin select raise(abort, 'full'); end");
      const answers = [
        await exec(anna, recorded, 'true'),
        await anna.call('POST', '/api/connection', { entryId: recorded }),
        await anna.call('POST', `/api/identity/${identityId}/test`, { entryId: recorded }),
        await anna.call('POST', `/api/entry/${recorded}/host-keys/scan`),
        await anna.call('POST', `/api/connection/${waiting.sessionId}/ticket`),
      ];
      for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { error: 'unavailable' } });
      expect(recorder.connections()).toBe(0);

      // The intent was written when it could be; the result cannot, so that there is no shell.
      const terminal = await joinTerminal(gatehouse, waiting);
      expect(await terminal.frame('error')).toMatchObject({ error: 'unavailable' });
      expect(await terminal.closed()).toMatchObject({ code: 4000 });
      expect(terminal.frames.some(({ t }) => t === 'ready')).toBe(false);
      await expect.poll(() => recorder.open()).toBe(0);
    } finally {
      database.exec('drop trigger if exists full_disk');
      database.close();
    }
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
  });
});
