import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  engines,
  password,
  startTestGatehouse,
  type Answer,
  type Person,
  type TestGatehouse,
} from './harness/gatehouse.ts';
import {
  addEntry,
  addOrganization,
  auditOf,
  authorizedKeys,
  exec,
  keyIdentity,
  runningSleeps,
} from './sessions/servers.ts';
import {
  connectSocket,
  openTerminal,
  rejoinTerminal,
  requestTerminal,
  upgradeStatus,
  type TestTerminal,
} from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

/**
 * The documentation promises two seconds for everything that rests on an access that ended. A machine that is busy with other things takes longer
 * for whatever it does, so what is expected here is only far less than the commands would run for by themselves.
 */
const boundMs = 15_000;

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

/** A terminal and a command that run. */
interface Running {
  readonly terminal: TestTerminal;
  readonly command: Promise<Answer>;
}

async function start(gatehouse: TestGatehouse, person: Person, entryId: number): Promise<Running> {
  const terminal = await openTerminal(gatehouse, person, { entryId });
  await terminal.frame('ready');
  const command = exec(person, entryId, 'sleep 60');
  await expect.poll(() => runningSleeps(account.username), { timeout: 30_000 }).toBe(1);
  return { terminal, command };
}

/** Both end in time, each in its own way, and neither leaves anything running. */
async function expectEnd({ terminal, command }: Running, since: number, reason: string): Promise<void> {
  const closed = await terminal.closed();
  const answer = await command;
  expect(performance.now() - since).toBeLessThan(boundMs);
  expect(closed).toEqual({ code: 4002, reason });
  expect(answer).toMatchObject({
    status: 403,
    body: { error: 'forbidden', message: `The session has ended: ${reason}.` },
  });
}

describe.each(engines)('a live session on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let anna: Person;
  let admin: Person;
  let aheadMs: number;

  beforeEach(async () => {
    aheadMs = 0;
    gatehouse = await startTestGatehouse({ engine, now: () => new Date(Date.now() + aheadMs) });
    admin = await gatehouse.administrator();
    anna = await gatehouse.person('anna');
  });

  afterEach(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  async function personal(person = anna) {
    const identityId = await keyIdentity(person, account.username);
    const entryId = await addEntry(person, sshd, { identities: [identityId] });
    return { identityId, entryId };
  }

  test.for<[string, (before: { identityId: number; entryId: number }) => Promise<Answer>, string]>([
    [
      'its sign-in is ended',
      () => gatehouse.call('POST', '/api/auth/logout', { body: { token: anna.token } }),
      'the sign-in was ended',
    ],
    [
      'its account is disabled',
      () => admin.call('PATCH', `/api/users/${anna.id}`, { disabled: true }),
      'the account was changed, disabled or deleted',
    ],
    [
      'its account is deleted',
      () => admin.call('DELETE', `/api/users/${anna.id}`),
      'the account was changed, disabled or deleted',
    ],
    [
      'its identity is deleted',
      ({ identityId }) => anna.call('DELETE', `/api/identity/${identityId}`),
      'the identity was deleted or moved',
    ],
    [
      'its entry is deleted',
      ({ entryId }) => anna.call('DELETE', `/api/entry/${entryId}`),
      'the entry was deleted or its address changed',
    ],
    [
      'its entry leads elsewhere',
      ({ entryId }) => anna.call('PATCH', `/api/entry/${entryId}`, { config: { ip: '127.0.0.2', port: 2022 } }),
      'the entry was deleted or its address changed',
    ],
  ])('ends when %s', async ([, revoke, reason]) => {
    const made = await personal();
    const running = await start(gatehouse, anna, made.entryId);
    const since = performance.now();
    expect((await revoke(made)).status).toBe(200);
    await expectEnd(running, since, reason);
    expect(await runningSleeps(account.username)).toBe(0);
  });

  test('ends when the sign-in is revoked from another, and only that one does', async () => {
    const { entryId } = await personal();
    const other = await gatehouse.signIn('anna');
    const running = await start(gatehouse, anna, entryId);
    const kept = await openTerminal(gatehouse, other, { entryId });
    await kept.frame('ready');
    const sessions = (await other.call('GET', '/api/session/list')).body as { id: number; current: boolean }[];
    const since = performance.now();
    for (const { id } of sessions.filter(({ current }) => !current)) await other.call('DELETE', `/api/session/${id}`);
    await expectEnd(running, since, 'the sign-in was ended');
    kept.type('echo st$((1+1))ll; exit\n');
    await kept.says('st2ll');
  });

  test('ends when the password is changed from another sign-in', async () => {
    const { entryId } = await personal();
    const other = await gatehouse.signIn('anna');
    const running = await start(gatehouse, anna, entryId);
    const since = performance.now();
    const changed = await other.call('PATCH', '/api/account/password', {
      password: `${password} and more`,
      currentPassword: password,
    });
    expect(changed.status).toBe(200);
    await expectEnd(running, since, 'the sign-in was ended');
  });

  /** An API key of anna for an hour, as a person who calls with it. */
  async function robot(): Promise<Person & { readonly keyId: number }> {
    const made = await anna.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'robot',
      scopes: ['connections:open'],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const token = String(made.at('token'));
    const call: Person['call'] = (method, path, body) => gatehouse.call(method, path, { token, body });
    return { ...anna, token, keyId: Number(made.at('id')), call };
  }

  test('ends when the API key that opened it is deleted', async () => {
    const { entryId } = await personal();
    const opener = await robot();
    const running = await start(gatehouse, opener, entryId);
    const since = performance.now();
    expect((await anna.call('DELETE', `/api/account/api-keys/${opener.keyId}`)).status).toBe(200);
    await expectEnd(running, since, 'the API key was deleted');
  });

  test.each<[string, (opener: Awaited<ReturnType<typeof robot>>) => Promise<Answer>, string]>([
    [
      'the password is changed',
      () =>
        anna.call('PATCH', '/api/account/password', { password: `${password} and more`, currentPassword: password }),
      'the API key was deleted',
    ],
    [
      'an administrator sets the password',
      () => admin.call('PATCH', `/api/users/${anna.id}/password`, { password: `${password} and more` }),
      'the API key was deleted',
    ],
    [
      'an administrator deletes the key',
      ({ keyId }) => admin.call('DELETE', `/api/users/${anna.id}/api-keys/${keyId}`),
      'the API key was deleted',
    ],
    [
      'the account is disabled',
      () => admin.call('PATCH', `/api/users/${anna.id}`, { disabled: true }),
      'the account was changed, disabled or deleted',
    ],
  ])('of an API key ends when %s', async (_, revoke, reason) => {
    const { entryId } = await personal();
    const opener = await robot();
    const running = await start(gatehouse, opener, entryId);
    const unused = await requestTerminal(opener, { entryId });
    const since = performance.now();
    expect((await revoke(opener)).status).toBe(200);
    await expectEnd(running, since, reason);
    // Nor is a ticket that was waiting good for anything.
    expect(await upgradeStatus(connectSocket(gatehouse, unused))).toBe(401);
  });

  test('ends when the API key that opened it expires', async () => {
    const { entryId } = await personal();
    const running = await start(gatehouse, await robot(), entryId);
    const since = performance.now();
    aheadMs = 3_600_000;
    await expectEnd(running, since, 'the API key expired');
  });

  test('ends when the sign-in that has joined it ends, also if another one opened it', async () => {
    const { entryId } = await personal();
    const other = await gatehouse.signIn('anna');
    const opened = await openTerminal(gatehouse, anna, { entryId });
    await opened.frame('ready');
    const joined = await rejoinTerminal(gatehouse, other, opened.sessionId);
    await joined.frame('ready');
    await gatehouse.call('POST', '/api/auth/logout', { body: { token: other.token } });
    expect(await joined.closed()).toEqual({ code: 4002, reason: 'the sign-in was ended' });
  });

  describe('on a server of an organization', () => {
    let bert: Person;
    let organizationId: number;
    let entryId: number;
    let running: Running;

    beforeEach(async () => {
      bert = await gatehouse.person('bert');
      organizationId = await addOrganization(anna, [bert]);
      const identityId = await keyIdentity(anna, account.username, { organizationId });
      entryId = await addEntry(anna, sshd, { identities: [identityId], organizationId });
      running = await start(gatehouse, bert, entryId);
    });

    test('ends when its member is removed, and the log names both', async () => {
      const since = performance.now();
      const removed = await anna.call('DELETE', `/api/organization/${organizationId}/members/${bert.id}`);
      expect(removed.status).toBe(200);
      await expectEnd(running, since, 'the membership in the organization ended');
      const ended = () => auditOf(anna, 'session.end', organizationId);
      await expect.poll(async () => (await ended()).length).toBe(2);
      expect(await ended()).toContainEqual(
        expect.objectContaining({ accountId: bert.id, resourceId: running.terminal.sessionId }),
      );
      expect((await exec(bert, entryId, 'true')).status).toBe(404);
    });

    test('ends when its member loses the permission, not when another one goes', async () => {
      const path = `/api/organization/${organizationId}/members/${bert.id}/permissions`;
      await anna.call('PUT', path, { permissions: { 'resources.manage': 'deny' } });
      running.terminal.type('echo st$((1+1))ll\n');
      await running.terminal.says('st2ll');
      const since = performance.now();
      await anna.call('PUT', path, { permissions: { 'connect.ssh': 'deny' } });
      await expectEnd(running, since, 'the permission to connect was revoked');
      expect((await exec(bert, entryId, 'true')).status).toBe(403);
    });

    test('ends when its identity is not confirmed for the server any more, and not when a manager changes it', async () => {
      const deny = { permissions: { 'identities.manage': 'deny' } };
      await anna.call('PUT', `/api/organization/${organizationId}/members/${bert.id}/permissions`, deny);
      const change = (person: Person, more: object) =>
        person.call('PATCH', `/api/entry/${entryId}`, { config: { ip: sshd.host, port: sshd.port, ...more } });
      expect((await change(anna, { legacyAlgorithms: true })).status).toBe(200);
      running.terminal.type('echo st$((1+1))ll\n');
      await running.terminal.says('st2ll');
      const since = performance.now();
      expect((await change(bert, { legacyAlgorithms: false })).status).toBe(200);
      await expectEnd(running, since, 'its identity is no longer confirmed for the server');
      expect((await exec(bert, entryId, 'true')).body).toMatchObject({ error: 'link_suspended' });
    });

    test('ends when its identity is taken off the server', async () => {
      const since = performance.now();
      expect((await anna.call('PATCH', `/api/entry/${entryId}`, { identities: [] })).status).toBe(200);
      await expectEnd(running, since, 'its identity is no longer confirmed for the server');
    });

    test('ends when the organization is deleted', async () => {
      const since = performance.now();
      expect((await anna.call('DELETE', `/api/organization/${organizationId}`)).status).toBe(200);
      await expectEnd(running, since, 'the organization was deleted');
    });
  });
});

describe('an identity that is deleted while 50 sessions are being opened', () => {
  test('lets each of them in before or not at all, and none after', async () => {
    await using gatehouse = await startTestGatehouse({ environment: { TERMINALS_PER_ACCOUNT: '100' } });
    const anna = await gatehouse.person('anna');
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [identityId] });
    const opening = Array.from({ length: 50 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 10));
      return exec(anna, entryId, 'sleep 30', { identityId });
    });
    await new Promise((resolve) => setTimeout(resolve, 250));
    const deleted = await anna.call('DELETE', `/api/identity/${identityId}`);
    expect(deleted.status).toBe(200);
    const since = performance.now();
    const statuses = (await Promise.all(opening)).map(({ status }) => status);
    expect(performance.now() - since).toBeLessThan(boundMs);
    for (const status of statuses) expect([403, 404, 409]).toContain(status);

    const deletion = (await auditOf(anna, 'identity.delete'))[0]?.seq ?? 0;
    const logins = await auditOf(anna, 'session.open');
    const started = new Map(logins.filter(({ outcome }) => outcome === 'started').map((line) => [line.seq, line]));
    const lateStarts = [...started.keys()].filter((seq) => seq > deletion);
    const letIn = logins.filter(({ outcome }) => outcome === 'ok').map(({ details }) => details['intent']);
    expect(letIn.filter((intent) => lateStarts.includes(Number(intent)))).toEqual([]);
  });
});
