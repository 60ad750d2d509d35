import { generateKeyPairSync } from 'node:crypto';
import type { Operation } from '@gatehouse/contract/operation';
import { password, type Person, type TestGatehouse } from '../harness/gatehouse.ts';

/** The kinds of things that paths name by id. */
export type Kind =
  'identity' | 'entry' | 'folder' | 'organization' | 'connection' | 'login-session' | 'api-key' | 'account';

/** Ids of things that are not the stranger's. */
export interface Foreign {
  readonly existing: readonly number[];
  readonly deleted: readonly number[];
}

/** People and things of every kind, none of which the stranger may see. */
export interface Population {
  readonly owner: Person;
  readonly stranger: Person;
  readonly foreign: Readonly<Record<Kind, Foreign>>;
  /** What is the stranger's own, for the parts of a request that are in order. */
  readonly own: {
    readonly organization: number;
    readonly entry: number;
    readonly identity: number;
    readonly folder: number;
  };
}

/** What an operation's first path parameter names. */
export function kindOf({ path }: Operation): Kind {
  const kinds: readonly [RegExp, Kind][] = [
    [/^\/api\/identity\//, 'identity'],
    [/^\/api\/entry\/|^\/api\/connection\/:entryId\//, 'entry'],
    [/^\/api\/folder\//, 'folder'],
    [/^\/api\/organization\//, 'organization'],
    [/^\/api\/connection\//, 'connection'],
    [/^\/api\/session\//, 'login-session'],
    [/^\/api\/account\/api-keys\//, 'api-key'],
    [/^\/api\/users\//, 'account'],
  ];
  const found = kinds.find(([pattern]) => pattern.test(path));
  if (found === undefined) throw new Error(`${path} names something that this list does not know`);
  return found[1];
}

export async function populate(gatehouse: TestGatehouse): Promise<Population> {
  await gatehouse.administrator();
  const owner = await gatehouse.person('olga');
  const stranger = await gatehouse.person('stan');
  const theirs = await belongings(owner);
  const own = await belongings(stranger);
  const deleted = await discard(owner);
  const keys = { existing: [await addApiKey(owner)], deleted: [await addApiKey(owner)] };
  await owner.call('DELETE', `/api/account/api-keys/${keys.deleted[0] ?? 0}`);
  const again = await gatehouse.signIn('olga');
  const loginSessions = await sessionIds(owner);
  await again.call('POST', '/api/auth/logout', { token: again.token });
  const left = await sessionIds(owner);
  return {
    owner,
    stranger,
    own: { ...own.personal, organization: own.organization },
    foreign: {
      identity: { existing: [theirs.personal.identity, theirs.shared.identity], deleted: [deleted.identity] },
      entry: { existing: [theirs.personal.entry, theirs.shared.entry], deleted: [deleted.entry] },
      folder: { existing: [theirs.personal.folder, theirs.shared.folder], deleted: [deleted.folder] },
      organization: { existing: [theirs.organization], deleted: [deleted.organization] },
      connection: { existing: [theirs.personal.connection, theirs.shared.connection], deleted: [] },
      'login-session': { existing: left, deleted: loginSessions.filter((id) => !left.includes(id)) },
      'api-key': keys,
      account: { existing: [owner.id], deleted: [] },
    },
  };
}

async function belongings(person: Person) {
  const organization = await numberAt(person.call('PUT', '/api/organization', { name: `of ${person.username}` }));
  return {
    organization,
    personal: await things(person, undefined),
    shared: await things(person, organization),
  };
}

async function things(person: Person, organizationId: number | undefined) {
  const owner = organizationId === undefined ? {} : { organizationId };
  const entry = await numberAt(
    person.call('PUT', '/api/entry', { name: 'a server', config: { ip: '127.0.0.1', port: 1 }, ...owner }),
  );
  return {
    identity: await numberAt(person.call('PUT', '/api/identity', { name: 'an identity', type: 'ssh', ...owner })),
    folder: await numberAt(person.call('PUT', '/api/folder', { name: 'a folder', ...owner })),
    entry,
    connection: await numberAt(
      person.call('POST', '/api/connection', {
        entryId: entry,
        directIdentity: { username: 'nobody', password: 'nothing' },
      }),
      'sessionId',
    ),
  };
}

/** Things that are gone again. */
async function discard(person: Person) {
  const { personal, organization } = await belongings(person);
  await person.call('DELETE', `/api/identity/${personal.identity}`);
  await person.call('DELETE', `/api/folder/${personal.folder}`);
  await person.call('DELETE', `/api/entry/${personal.entry}`);
  await person.call('DELETE', `/api/organization/${organization}`);
  return { ...personal, organization };
}

function addApiKey(person: Person): Promise<number> {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  return numberAt(
    person.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'a key',
      scopes: ['entries:read'],
      expiresAt,
    }),
  );
}

async function sessionIds(person: Person): Promise<number[]> {
  const { body } = await person.call('GET', '/api/session/list');
  return (body as { id: number }[]).map(({ id }) => id);
}

async function numberAt(call: ReturnType<Person['call']>, name = 'id'): Promise<number> {
  const answer = await call;
  const value = answer.at(name);
  if (typeof value === 'number') return value;
  throw new Error(`expected ${name}, got ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** A line of authorized_keys or known_hosts with a key of its own. */
export function publicKeyLine(): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')].flatMap((part) => [
    Buffer.of(0, 0, 0, part.length),
    part,
  ]);
  return `ssh-ed25519 ${Buffer.concat(parts).toString('base64')}`;
}

/** A body that each operation with path parameters accepts, so that nothing but the id is wrong. */
export function bodyFor({ id, body }: Operation, { own, owner }: Population): unknown {
  const bodies: Readonly<Record<string, unknown>> = {
    'identities.update': { name: 'another name' },
    'identities.move': { organizationId: own.organization },
    'identities.test': { entryId: own.entry },
    'folder.update': { name: 'another name' },
    'entry.update': { name: 'another name' },
    'entry.reposition': { folderId: null },
    'entry.confirm-identity': {},
    'entry.host-keys.replace': { keys: [publicKeyLine()] },
    'connection.resize': { cols: 80, rows: 24 },
    'connection.exec': { command: 'true' },
    'connection.stream': { command: 'true' },
    'organization.update': { name: 'another name' },
    'organization.invite': { username: owner.username },
    'organization.respond': { accept: true },
    'organization.handOver': { accountId: owner.id },
    'organization.setPermissions': { permissions: {} },
    'user.resetPassword': { password: 'a password for no account' },
    'user.update': { disabled: true },
  };
  const found = bodies[id];
  if (found === undefined && !body.safeParse(undefined).success)
    throw new Error(`${id} needs a body: name one here, so that it is tested`);
  return found;
}
