import type { Operation } from '@gatehouse/contract/operation';
import { operations } from '@gatehouse/contract/operations';
import type { ServerChannel } from 'ssh2';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { password, startTestGatehouse, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';
import { openDatabaseFile, type DatabaseFile } from './database-file.ts';
import { publicKeyLine } from './population.ts';

/**
 * What may be written without an entry in the audit log: the number of attempts to sign in, which must count whatever happens, and what
 * only speaks of the connection itself.
 */
const uncounted = ['login_limits'];

interface World {
  readonly gatehouse: TestGatehouse;
  readonly person: Person;
  readonly administrator: Person;
  readonly target: HostileServer;
  readonly database: DatabaseFile;
  /** Each a call that changes something while the log can be written. */
  readonly calls: Readonly<Record<string, Call>>;
}

interface Call {
  readonly path: string;
  readonly body?: unknown;
  readonly as?: 'administrator' | 'no caller';
  readonly headers?: Readonly<Record<string, string>>;
}

interface Listed {
  readonly id: number;
  readonly current: boolean;
}

let world: World;

async function idOf(call: ReturnType<Person['call']>, name = 'id'): Promise<number> {
  const answer = await call;
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return Number(answer.at(name));
}

function endChannel(channel: ServerChannel): void {
  channel.exit(0);
  channel.end();
}

async function makeWorld(): Promise<World> {
  const gatehouse = await startTestGatehouse({ environment: { SELF_REGISTRATION: 'true' } });
  const administrator = await gatehouse.administrator();
  const person = await gatehouse.person('olga');
  const member = await gatehouse.person('mara');
  const target = await startHostile({ accept: () => true, onChannel: endChannel });
  return {
    gatehouse,
    person,
    administrator,
    target,
    database: openDatabaseFile(gatehouse.dataDir),
    calls: await prepareCalls({ gatehouse, person, member, administrator, target }),
  };
}

interface People {
  readonly gatehouse: TestGatehouse;
  readonly person: Person;
  readonly member: Person;
  readonly administrator: Person;
  readonly target: HostileServer;
}

async function prepareCalls(people: People): Promise<Readonly<Record<string, Call>>> {
  const { gatehouse, person, member, administrator, target } = people;
  const organization = await idOf(person.call('PUT', '/api/organization', { name: 'the organization' }));
  const inviting = await idOf(member.call('PUT', '/api/organization', { name: 'of another account' }));
  await person.call('POST', `/api/organization/${organization}/invite`, { username: member.username });
  await member.call('POST', `/api/organization/invitations/${organization}/respond`, { accept: true });
  await member.call('POST', `/api/organization/${inviting}/invite`, { username: person.username });
  const joined = await idOf(member.call('PUT', '/api/organization', { name: 'a third one' }));
  await member.call('POST', `/api/organization/${joined}/invite`, { username: person.username });
  await person.call('POST', `/api/organization/invitations/${joined}/respond`, { accept: true });
  const secret = { type: 'password', username: 'nobody', password: 'a stored secret' };
  const identity = await idOf(person.call('PUT', '/api/identity', { name: 'an identity', ...secret }));
  const shared = await idOf(
    person.call('PUT', '/api/identity', { name: 'a shared one', organizationId: organization, ...secret }),
  );
  const config = { ip: target.host, port: target.port };
  const entry = await idOf(person.call('PUT', '/api/entry', { name: 'a server', config, identities: [identity] }));
  const sharedEntry = await idOf(
    person.call('PUT', '/api/entry', {
      name: 'a shared one',
      config,
      organizationId: organization,
      identities: [shared],
    }),
  );
  // Redirected by a member who does not manage the identity, so that there is something to confirm.
  await person.call('PUT', `/api/organization/${organization}/members/${member.id}/permissions`, {
    permissions: { 'identities.manage': 'deny' },
  });
  await member.call('PATCH', `/api/entry/${sharedEntry}`, { config: { ...config, ip: 'localhost' } });
  await person.call('PUT', `/api/entry/${entry}/host-keys`, { keys: [...target.hostKeys] });
  const keys = await person.call('GET', `/api/entry/${entry}/host-keys`);
  const folder = await idOf(person.call('PUT', '/api/folder', { name: 'a folder' }));
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const makeKey = () =>
    idOf(
      person.call('POST', '/api/account/api-keys', {
        currentPassword: password,
        name: 'a key',
        scopes: ['entries:read'],
        expiresAt,
      }),
    );
  const apiKey = await makeKey();
  const managedKey = await makeKey();
  const account = await idOf(
    administrator.call('PUT', '/api/users', { username: 'victim', password, firstName: 'A', lastName: 'B' }),
  );
  const elsewhere = await gatehouse.signIn('olga');
  const browser = await gatehouse.signIn('olga');
  const sessions = (await (await gatehouse.signIn('olga')).call('GET', '/api/session/list')).body as Listed[];
  const handed = await idOf(person.call('PUT', '/api/organization', { name: 'to be handed over' }));
  await person.call('POST', `/api/organization/${handed}/invite`, { username: member.username });
  await member.call('POST', `/api/organization/invitations/${handed}/respond`, { accept: true });
  const other = { type: 'password', name: 'another one', username: 'nobody', password: 'another secret' };
  const as = 'administrator';
  const name = 'another name';
  return {
    'auth.login': { path: '/api/auth/login', body: { username: 'olga', password }, as: 'no caller' },
    'auth.logout': { path: '/api/auth/logout', body: { token: elsewhere.token }, as: 'no caller' },
    'auth.signIn': { path: '/api/auth/cookie', body: { username: 'olga', password }, as: 'no caller' },
    'auth.signOut': {
      path: '/api/auth/cookie',
      as: 'no caller',
      headers: { cookie: `gatehouse=${browser.token}`, origin: gatehouse.url },
    },
    'session.revoke': { path: `/api/session/${sessions.find(({ current }) => current)?.id ?? 0}` },
    'account.register': {
      path: '/api/account/register',
      body: { username: 'newcomer', password, firstName: 'A', lastName: 'B' },
      as: 'no caller',
    },
    'account.changeName': { path: '/api/account/name', body: { firstName: 'Another' } },
    'account.updatePreferences': { path: '/api/account/me/preferences', body: { theme: 'dark' } },
    'apiKey.create': {
      path: '/api/account/api-keys',
      body: { currentPassword: password, name, scopes: ['entries:read'], expiresAt },
    },
    'apiKey.delete': { path: `/api/account/api-keys/${apiKey}` },
    'user.deleteApiKey': { path: `/api/users/${person.id}/api-keys/${managedKey}`, as },
    'account.changePassword': {
      path: '/api/account/password',
      body: { currentPassword: password, password: 'yet another password' },
    },
    'user.create': { path: '/api/users', body: { username: 'somebody', password, firstName: 'A', lastName: 'B' }, as },
    'user.delete': { path: `/api/users/${account}`, as },
    'user.resetPassword': { path: `/api/users/${account}/password`, body: { password: 'yet another password' }, as },
    'user.update': { path: `/api/users/${account}`, body: { disabled: true }, as },
    'setting.update': { path: '/api/settings', body: { TERMINALS_PER_ACCOUNT: 49 }, as },
    'service.verify': { path: '/api/service/verify', as },
    'organization.create': { path: '/api/organization', body: { name } },
    'organization.update': { path: `/api/organization/${organization}`, body: { name } },
    'organization.delete': { path: `/api/organization/${organization}` },
    'organization.invite': { path: `/api/organization/${organization}/invite`, body: { username: 'admin' } },
    'organization.removeMember': { path: `/api/organization/${organization}/members/${member.id}` },
    'organization.respond': { path: `/api/organization/invitations/${inviting}/respond`, body: { accept: true } },
    'organization.leave': { path: `/api/organization/${joined}/leave` },
    'organization.handOver': { path: `/api/organization/${handed}/owner`, body: { accountId: member.id } },
    'organization.setPermissions': {
      path: `/api/organization/${organization}/members/${member.id}/permissions`,
      body: { permissions: { 'connect.ssh': 'deny' } },
    },
    'identities.create': { path: '/api/identity', body: other },
    'identities.update': { path: `/api/identity/${identity}`, body: { password: 'a newer secret' } },
    'identities.delete': { path: `/api/identity/${identity}` },
    'identities.move': { path: `/api/identity/${identity}/move`, body: { organizationId: organization } },
    'identities.test': { path: `/api/identity/${identity}/test`, body: { entryId: entry } },
    'identities.generateKey': { path: '/api/identity/generate-key', body: { algorithm: 'ed25519' } },
    'folder.create': { path: '/api/folder', body: { name } },
    'folder.update': { path: `/api/folder/${folder}`, body: { name } },
    'folder.delete': { path: `/api/folder/${folder}` },
    'entry.create': { path: '/api/entry', body: { name, config } },
    'entry.update': { path: `/api/entry/${entry}`, body: { name } },
    'entry.delete': { path: `/api/entry/${entry}` },
    'entry.duplicate': { path: `/api/entry/${entry}/duplicate` },
    'entry.reposition': { path: `/api/entry/${entry}/reposition`, body: { folderId: folder } },
    'entry.confirm-identity': { path: `/api/entry/${sharedEntry}/identities/${shared}/confirm`, body: {} },
    'entry.import-ssh-config': {
      path: '/api/entry/import/ssh-config',
      body: { text: 'Host a\n  HostName 192.0.2.1\n' },
    },
    'entry.host-keys.replace': { path: `/api/entry/${sharedEntry}/host-keys`, body: { keys: [publicKeyLine()] } },
    'entry.host-keys.remove': { path: `/api/entry/${entry}/host-keys/${Number(keys.at('keys.0.id'))}` },
    'entry.host-keys.scan': { path: `/api/entry/${entry}/host-keys/scan` },
    'connection.open': { path: '/api/connection', body: { entryId: entry } },
    'connection.exec': { path: `/api/connection/${entry}/exec`, body: { command: 'true' } },
    'connection.stream': { path: `/api/connection/${entry}/exec/stream`, body: { command: 'true' } },
    'audit.export': { path: '/api/audit/export' },
  };
}

/** Nothing that lasts comes of these: they end or resize what lives in memory, and the end of a session is recorded when it can be. */
const withoutTrace = ['connection.end', 'connection.rejoin', 'connection.resize'];
/** A read that is recorded like a change, because so much leaves at once. */
const recordedReads = ['audit.export'];

const changes = operations.filter(
  ({ id, method }) => (method !== 'GET' && !withoutTrace.includes(id)) || recordedReads.includes(id),
);

function perform({ gatehouse, person, administrator, calls }: World, { id, method }: Operation) {
  const { path, body, as, headers = {} } = calls[id] ?? {};
  if (path === undefined) throw new Error(`${id} changes something: say here how, so that it is tested`);
  if (as === 'no caller') return gatehouse.call(method, path, { body, headers });
  return (as === 'administrator' ? administrator : person).call(method, path, body);
}

beforeAll(async () => {
  world = await makeWorld();
});

afterAll(async () => {
  world.database[Symbol.dispose]();
  await world.gatehouse[Symbol.asyncDispose]();
  await world.target[Symbol.asyncDispose]();
});

describe('while the audit log cannot be written', () => {
  beforeAll(() => {
    world.database.run(
      "create trigger full before insert on audit_log begin select raise(abort, 'database or disk is full'); end",
    );
  });
  afterAll(() => {
    world.database.run('drop trigger full');
  });

  test.each(changes)('$id is refused and changes nothing', async (operation) => {
    const before = world.database.contents(uncounted);
    const answer = await perform(world, operation);
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    expect(world.database.contents(uncounted)).toEqual(before);
  });

  test('no secret leaves, and nothing is asked of the server', () => {
    expect(world.target.connections()).toBe(0);
    expect(world.target.attempts).toEqual([]);
  });

  test('reading goes on', async () => {
    const paths = [
      'identity/list',
      'entry/list',
      'folder/list',
      'organization',
      'connection',
      'session/list',
      'account/me',
      'audit/logs',
    ];
    for (const path of paths) expect((await world.person.call('GET', `/api/${path}`)).status, path).toBe(200);
  });
});

/** What takes the ground from under others, in an order in which it can be done. */
const last = [
  'identities.move',
  'entry.host-keys.remove',
  'entry.delete',
  'identities.delete',
  'folder.delete',
  'organization.removeMember',
  'organization.delete',
  'apiKey.delete',
  'user.delete',
  'session.revoke',
  'auth.logout',
  'account.changePassword',
];

test('each of these calls does what it says as soon as the log can be written again', async () => {
  const recorded = () => Number(world.database.column('select count(*) from audit_log')[0]);
  const before = recorded();
  const failed: string[] = [];
  for (const operation of changes.toSorted((a, b) => last.indexOf(a.id) - last.indexOf(b.id))) {
    const { status, body } = await perform(world, operation);
    if (status >= 300) failed.push(`${operation.id} ${status} ${JSON.stringify(body)}`);
  }
  expect(failed).toEqual([]);
  expect(recorded() - before).toBeGreaterThanOrEqual(changes.length);
});
