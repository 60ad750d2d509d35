import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { applicationName } from '../src/kernel/db/postgres-channel.ts';
import { startProcess } from './attacks/server-process.ts';
import { callJson } from './attacks/wire.ts';
import { createTestDatabase, type TestDatabase } from './databases/postgres.ts';
import { password, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addOrganization, auditOf, authorizedKeys, exec, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';
import { listen } from './state-listener.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

/**
 * The documentation promises two seconds for everything that rests on an access that ended, whichever node ended it. A busy machine takes longer
 * for whatever it does; what is waited for here comes at once or with the end of a node, after `goneMs`.
 */
const boundMs = 15_000;
const nodeTimes = { beatMs: 100, goneMs: 45_000 };

let account: TestAccount;
let sshd: Sshd;
let database: TestDatabase;
let environment: Readonly<Record<string, string>>;
let first: TestGatehouse;
let second: TestGatehouse;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
});

afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

beforeEach(async () => {
  database = await createTestDatabase();
  environment = { DATABASE_URL: database.url, ENCRYPTION_KEY: randomBytes(32).toString('hex') };
  first = await startTestGatehouse({ environment, nodeTimes });
  second = await startTestGatehouse({ environment, nodeTimes });
});

afterEach(async () => {
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  await database.drop();
});

/** The same person with the same token, at another node. */
function at(node: TestGatehouse, person: Person): Person {
  return {
    ...person,
    call: (method, path, body, headers = {}) => node.call(method, path, { token: person.token, body, headers }),
  };
}

async function query(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A person at the first node with a terminal on the second. */
async function withTerminal() {
  const anna = await first.person('anna');
  const identityId = await keyIdentity(anna, account.username);
  const entryId = await addEntry(anna, sshd, { identities: [identityId] });
  const terminal = await openTerminal(second, at(second, anna), { entryId });
  await terminal.frame('ready');
  return { anna, identityId, entryId, terminal };
}

async function expectEnd({ terminal }: Awaited<ReturnType<typeof withTerminal>>, since: number): Promise<string> {
  const { code, reason } = await terminal.closed();
  expect(performance.now() - since).toBeLessThan(boundMs);
  expect(code).toBe(4002);
  return reason;
}

test('what is made at one node is there at the other, and told of there', async () => {
  const anna = await first.person('anna');
  const listener = await listen(second, anna.token);
  const identityId = await keyIdentity(anna, account.username);
  await listener.hears('IDENTITIES');
  const entryId = await addEntry(at(second, anna), sshd, { identities: [identityId] });
  expect((await exec(anna, entryId, 'echo hello')).at('stdout')).toBe('hello\n');
  expect((await exec(at(second, anna), entryId, 'echo hello')).at('stdout')).toBe('hello\n');
  listener.socket.close();
});

test('a setting that is changed at one node counts at the other', async () => {
  const admin = await first.administrator();
  const other = at(second, admin);
  await admin.call('PATCH', '/api/settings', { SELF_REGISTRATION: true });

  const valueAtOther = async () => {
    const { body } = await other.call('GET', '/api/settings');
    return (body as { name: string; value: unknown }[]).find(({ name }) => name === 'SELF_REGISTRATION')?.value;
  };
  await expect.poll(valueAtOther, { timeout: 30_000, interval: 50 }).toBe(true);
  const registration = { username: 'newcomer', password, firstName: 'New', lastName: 'Comer' };
  expect((await second.call('POST', '/api/account/register', { body: registration })).status).toBe(200);
});

test('a sign-in that ends at one node ends at the other, with the terminal that rests on it', async () => {
  const running = await withTerminal();
  const since = performance.now();
  await first.call('POST', '/api/auth/logout', { body: { token: running.anna.token } });
  expect((await at(second, running.anna).call('GET', '/api/identity/list')).status).toBe(401);
  expect(await expectEnd(running, since)).toBe('the sign-in was ended');
});

test('who leaves an organization at one node loses its terminals at the other', async () => {
  const admin = await first.administrator();
  const anna = await first.person('anna');
  const organizationId = await addOrganization(admin, [anna]);
  await admin.call('PATCH', `/api/organization/${organizationId}/members/${anna.id}/permissions`, {
    permissions: ['identities.use', 'connect.ssh'],
  });
  const identityId = await keyIdentity(admin, account.username, { organizationId });
  const entryId = await addEntry(admin, sshd, { organizationId, identities: [identityId] });
  const terminal = await openTerminal(second, at(second, anna), { entryId });
  await terminal.frame('ready');

  const since = performance.now();
  await admin.call('DELETE', `/api/organization/${organizationId}/members/${anna.id}`);
  const { reason } = await terminal.closed();
  expect(performance.now() - since).toBeLessThan(boundMs);
  expect(reason).toBe('the membership in the organization ended');
});

test('the owner of an organization ends the session of a member at another node, who is told by whom', async () => {
  const owner = await first.person('owner');
  const anna = await first.person('anna');
  const organizationId = await addOrganization(owner, [anna]);
  const identityId = await keyIdentity(owner, account.username, { organizationId });
  const entryId = await addEntry(owner, sshd, { organizationId, identities: [identityId] });
  const terminal = await openTerminal(second, at(second, anna), { entryId });
  await terminal.frame('ready');

  expect((await owner.call('DELETE', `/api/connection/${terminal.sessionId}`)).status).toBe(200);
  expect((await terminal.closed()).reason).toBe('owner, who manages the members of the organization, ended it');
  expect((await anna.call('GET', `/api/connection/${terminal.sessionId}`)).at('status')).toBe('ended');
});

test('a session is ended from the node that does not have it, and joined at its own alone', async () => {
  const running = await withTerminal();
  const { anna, terminal } = running;
  const refused = await anna.call('POST', `/api/connection/${terminal.sessionId}/ticket`);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(refused.body).toMatchObject({ error: 'unavailable', message: /^This session runs on another node/ });

  const since = performance.now();
  expect((await anna.call('DELETE', `/api/connection/${terminal.sessionId}`)).status).toBe(200);
  expect(await expectEnd(running, since)).toBe('its owner ended it');
  expect((await anna.call('GET', `/api/connection/${terminal.sessionId}`)).at('status')).toBe('ended');
  expect((await anna.call('DELETE', `/api/connection/${terminal.sessionId}`)).status).toBe(404);
});

test('an access that ended while a node could not hear of it ends once it hears again', async () => {
  const running = await withTerminal();
  const listener = await listen(second, running.anna.token);
  // No event is sent, as if the connection had been down.
  await query(`delete from identities where id = ${running.identityId}`);
  const since = performance.now();
  const cut = await query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = '${applicationName}'`,
  );
  // Each node has one connection that listens and one that sends.
  expect(cut).toHaveLength(4);
  expect(await expectEnd(running, since)).toBe('access was revoked');
  await listener.hears('IDENTITIES');
  listener.socket.close();

  // Both listen again.
  const other = await listen(first, running.anna.token);
  await keyIdentity(at(second, running.anna), account.username);
  await other.hears('IDENTITIES');
  other.socket.close();
});

test('what a killed node left behind is ended by the others, once', async () => {
  using directory = temporaryDirectory();
  const admin = await first.administrator();
  await using third = await startProcess(directory.path, environment);
  const opened = { entryId: 0, directIdentity: { username: 'nobody', password: 'nothing' } };
  opened.entryId = Number(
    (await admin.call('PUT', '/api/entry', { name: 'db1', config: { ip: '127.0.0.1', port: 1 } })).at('id'),
  );
  for (let count = 0; count < 3; count++)
    await callJson(third.url, { method: 'POST', path: '/api/connection', body: opened, token: admin.token });
  expect((await admin.call('GET', '/api/connection?live=true')).body).toHaveLength(3);
  await third.kill();

  // A node that was just active is not declared lost; then an hour passes.
  expect(await query('select id from nodes')).toHaveLength(3);
  await query(`update nodes set seen_at_ms = seen_at_ms - 3600000`);
  await expect.poll(async () => (await admin.call('GET', '/api/connection?live=true')).body).toEqual([]);
  const ends = await auditOf(admin, 'session.end');
  expect(ends.map(({ details }) => details['why'])).toEqual(Array(3).fill('the gateway was interrupted'));
  // The two that live came back at once.
  await expect.poll(() => query('select id from nodes')).toHaveLength(2);
});

test('a node that was taken for gone ends what it has, and is there again', async () => {
  const running = await withTerminal();
  await query('delete from nodes');
  expect((await running.terminal.closed()).reason).toBe('the gateway lost the connection to its database');
  await expect.poll(() => query('select id from nodes')).toHaveLength(2);
  await expect
    .poll(async () => (await running.anna.call('GET', `/api/connection/${running.terminal.sessionId}`)).at('endedAt'))
    .not.toBeNull();
  expect(await auditOf(running.anna, 'session.end')).toHaveLength(1);
});

test('a node that stops leaves the others', async () => {
  const running = await withTerminal();
  await second.restart(() => undefined);
  expect((await running.terminal.closed()).reason).toBe('the gateway is stopping');
  expect(await query('select id from nodes')).toHaveLength(2);
  expect((await running.anna.call('GET', `/api/connection?live=true`)).body).toEqual([]);
});

test('of forty first registrations at two nodes at once one makes the administrator', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const node = index % 2 === 0 ? first : second;
      const person = { username: `racer-${index}`, password, firstName: 'First', lastName: 'Last' };
      return node.call('POST', '/api/account/register', { body: { ...person, setupToken: node.setup.token } });
    }),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await query('select is_admin from accounts')).toEqual([{ is_admin: 1 }]);
});

test('one chain tells of what happens at both, without a gap', async () => {
  const admin = await first.administrator();
  const made = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? admin : at(second, admin)).call('PUT', '/api/identity', {
        name: `identity ${index}`,
        type: 'password',
        username: 'x',
      }),
    ),
  );
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await auditOf(admin, 'identity.create')).toHaveLength(40);
  expect((await at(second, admin).call('GET', '/api/audit/verify')).body).toMatchObject({ firstBad: null });
});

test('a node with another master key does not start', async () => {
  await first.administrator();
  const key = randomBytes(32).toString('hex');
  await expect(startTestGatehouse({ environment: { ...environment, ENCRYPTION_KEY: key } })).rejects.toThrow(/key/);
});
