import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startPgBouncer } from './databases/pgbouncer.ts';
import { createMigratedDatabase } from './databases/postgres.ts';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addOrganization, authorizedKeys, keyIdentity } from './sessions/servers.ts';
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

/** Two nodes behind PgBouncer, which look often whether they receive events. */
async function twoNodes(poolMode: 'session' | 'transaction'): Promise<readonly [TestGatehouse, TestGatehouse]> {
  const open = new AsyncDisposableStack();
  onTestFinished(() => open.disposeAsync());
  const database = await createMigratedDatabase();
  open.defer(() => database.drop());
  const pooler = open.use(await startPgBouncer(database.url, poolMode));
  const environment = { DATABASE_URL: pooler.url, ENCRYPTION_KEY: randomBytes(32).toString('hex') };
  const nodeTimes = { beatMs: 1_000, goneMs: 45_000, checkMs: 500 };
  const first = open.use(await startTestGatehouse({ environment, nodeTimes }));
  return [first, open.use(await startTestGatehouse({ environment, nodeTimes }))];
}

/** A member of an organization with a terminal at the second node. */
async function memberWithTerminal([first, second]: readonly [TestGatehouse, TestGatehouse]) {
  const owner = await first.administrator();
  const anna = await first.person('anna');
  const organizationId = await addOrganization(owner, [anna]);
  await owner.call('PATCH', `/api/organization/${organizationId}/members/${anna.id}/permissions`, {
    permissions: ['identities.use', 'connect.ssh'],
  });
  const identityId = await keyIdentity(owner, account.username, { organizationId });
  const entryId = await addEntry(owner, sshd, { organizationId, identities: [identityId] });
  const there: Person = {
    ...anna,
    call: (method, path, body, headers = {}) => second.call(method, path, { token: anna.token, body, headers }),
  };
  const terminal = await openTerminal(second, there, { entryId });
  await terminal.frame('ready');
  return { terminal, remove: () => owner.call('DELETE', `/api/organization/${organizationId}/members/${anna.id}`) };
}

test('in session mode, with the settings that PgBouncer ships with, nodes start and receive events', async () => {
  const nodes = await twoNodes('session');
  for (const node of nodes) expect(await node.call('GET', '/readyz')).toMatchObject({ status: 200 });
  const { terminal, remove } = await memberWithTerminal(nodes);

  await remove();

  expect((await terminal.closed()).reason).toBe('the membership in the organization ended');
});

test('in transaction mode nodes are not ready, say why, and still end the sessions of a removed member', async () => {
  const nodes = await twoNodes('transaction');
  for (const node of nodes) {
    expect(await node.call('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', checks: { database: 'ok', events: 'failed' } },
    });
    expect(node.log()).toContain('pooler in session mode');
  }
  const { terminal, remove } = await memberWithTerminal(nodes);

  await remove();

  expect((await terminal.closed()).reason).toBe('access was revoked');
});
