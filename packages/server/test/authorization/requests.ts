import type { OperationId } from '@gatehouse/contract/operations';
import { publicKeyLine } from '../attacks/population.ts';
import { password, type Person } from '../harness/gatehouse.ts';
import type { Resource, Role, Verdict } from './expectations.ts';
import { apiKeyBody, type Kind } from './things.ts';
import type { World } from './world.ts';

/** One field of the matrix: who asks for what, and what is expected. */
export interface Cell {
  readonly world: World;
  readonly role: Role;
  readonly actor: Person;
  readonly resource: Resource;
  readonly expected: Verdict;
  /** What the operation is about, as the resource says. */
  readonly id: number;
}

/** What is sent; `token` instead of the actor's own, for what an account does to itself and would not survive. */
export interface Sent {
  readonly params?: Readonly<Record<string, number>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly token?: string;
}

interface Question {
  /** What is named by its id; absent where the operation names nothing. */
  readonly kind?: Kind;
  /** A request that is in order but for who makes it. What it destroys, it makes before if it is expected to succeed. */
  readonly ask: (cell: Cell) => Sent | Promise<Sent>;
}

/** Where a refused request would leave its traces. */
const changed = { name: 'changed by a caller who may not' };
const names = { username: 'new-person', password, firstName: 'New', lastName: 'Person' };
const nothing: Question = { ask: () => ({}) };
const command = { command: 'true' };

const isAllowed = ({ expected }: Cell) => expected === 'allowed';
const about = (kind: Kind, parameter: string, body?: unknown): Question => ({
  kind,
  ask: ({ id }) => ({ params: { [parameter]: id }, body }),
});

/** Asks with a new thing where the request is expected to succeed. */
function fresh(
  kind: 'identity' | 'entry' | 'folder' | 'signIn' | 'apiKey',
  parameter: string,
  body?: (cell: Cell) => Promise<unknown>,
): Question {
  return {
    kind,
    async ask(cell) {
      const { world, role, resource, id } = cell;
      const found = isAllowed(cell) ? await world.make[kind](world.placeOf(role, resource)) : id;
      return { params: { [parameter]: found }, body: await body?.(cell) };
    },
  };
}

/** Asks for an organization made for the cell where the request is expected to succeed. */
function freshOrganization(parameter: string, sent: (cell: Cell) => object = () => ({})): Question {
  return {
    kind: 'organization',
    ask: async (cell) => ({
      params: { [parameter]: isAllowed(cell) ? await cell.world.organizationAround(cell.role) : cell.id },
      ...sent(cell),
    }),
  };
}

/** Asks about a member; of their own organization, one who may be removed. */
function aboutMember(body?: unknown): Question {
  return {
    kind: 'organization',
    ask: ({ world, id }) => ({ params: { id, accountId: world.colleague.id }, body }),
  };
}

/** Makes something in the organization that the resource is, or for oneself. */
function into(body: (cell: Cell) => object): Question {
  return {
    kind: 'organization',
    ask: (cell) => ({ body: { ...body(cell), ...(cell.resource === 'own' ? {} : { organizationId: cell.id }) } }),
  };
}

/** Asks about a session that was opened for the cell where the request is expected to succeed: in an organization, by a member. */
function ofSession(body?: unknown): Question {
  return {
    kind: 'connection',
    async ask(cell) {
      const { world, role, actor, resource, id } = cell;
      if (!isAllowed(cell)) return { params: { sessionId: id }, body };
      const entry = (await world.find(role, resource, 'entry')) ?? 0;
      // An API key does not join what its owner opened.
      const by = resource === 'own' ? actor : world.colleague;
      const sessionId = await world.make.connection({ by, name: '' }, entry);
      return { params: { sessionId }, body };
    },
  };
}

/** Asks as an account that is made for it. */
function asSomebody(body: (person: Person) => unknown): Question {
  return {
    async ask({ world, expected }) {
      const person = expected === 'allowed' ? await world.make.person() : world.colleague;
      return { body: body(person), ...(expected === 'allowed' && { token: person.token }) };
    },
  };
}

function aboutAccount(body?: unknown): Question {
  return {
    kind: 'account',
    ask: async (cell) => {
      const isOther = cell.resource !== 'own' && isAllowed(cell);
      return { params: { id: isOther ? (await cell.world.make.person()).id : cell.id }, body };
    },
  };
}

/** The name stays the same where the request is expected to succeed, so that every other change is one that should not be. */
function rename(kind: Kind, parameter: string, name: (cell: Cell) => string): Question {
  return {
    kind,
    ask: (cell) => ({ params: { [parameter]: cell.id }, body: isAllowed(cell) ? { name: name(cell) } : changed }),
  };
}
const renamed = (cell: Cell) => cell.world.nameOf(cell.role, cell.resource);

/** How each operation is asked. See table.ts. */
export const questions: Readonly<Record<OperationId, Question>> = {
  'service.isFirstRun': nothing,
  'service.version': nothing,
  'service.openapi': nothing,
  'service.asyncapi': nothing,
  'service.recoveryKit': nothing,
  'service.verify': nothing,

  'auth.providers': nothing,
  'auth.login': { ask: ({ actor }) => ({ body: { username: actor.username, password } }) },
  'auth.logout': {
    ask: async ({ world }) => ({ body: { token: (await world.gatehouse.signIn(world.colleague.username)).token } }),
  },
  'auth.signIn': { ask: ({ actor }) => ({ body: { username: actor.username, password } }) },
  'auth.signOut': nothing,
  'session.list': nothing,
  'session.revoke': fresh('signIn', 'id'),

  'account.register': { ask: () => ({ body: names }) },
  'account.me': nothing,
  'account.search': { ask: () => ({ query: 'search=colleague' }) },
  'account.changeName': { ask: () => ({ body: { firstName: 'Another' } }) },
  'account.changePassword': asSomebody(() => ({ password: 'another good pass phrase', currentPassword: password })),
  'account.updatePreferences': { ask: () => ({ body: { theme: 'dark' } }) },
  'apiKey.list': nothing,
  'apiKey.create': asSomebody(() => apiKeyBody('a key', ['entries:read'])),
  'apiKey.delete': fresh('apiKey', 'id'),

  'user.list': nothing,
  'user.create': { ask: ({ world }) => ({ body: { ...names, username: world.newName() } }) },
  'user.update': aboutAccount({ disabled: false }),
  'user.delete': aboutAccount(),
  'user.resetPassword': aboutAccount({ password: 'another good pass phrase' }),
  'user.listApiKeys': about('account', 'id'),
  'user.deleteApiKey': {
    kind: 'account',
    async ask(cell) {
      const { world, actor, resource, id } = cell;
      if (!isAllowed(cell)) return { params: { id, keyId: id } };
      const by = resource === 'own' ? actor : await world.make.person();
      return { params: { id: by.id, keyId: await world.make.apiKey({ by, name: 'a key' }) } };
    },
  },

  'setting.list': nothing,
  'setting.update': { ask: () => ({ body: { PASSWORD_MIN_LENGTH: 8 } }) },

  'organization.list': nothing,
  'organization.create': { ask: () => ({ body: { name: 'fresh' } }) },
  'organization.get': about('organization', 'id'),
  'organization.update': rename('organization', 'id', () => 'Ops'),
  'organization.delete': freshOrganization('id'),
  'organization.handOver': freshOrganization('id', ({ world }) => ({ body: { accountId: world.colleague.id } })),
  'organization.members': about('organization', 'id'),
  'organization.invite': {
    kind: 'organization',
    ask: async ({ world, id }) => ({ params: { id }, body: { username: (await world.make.person()).username } }),
  },
  'organization.removeMember': {
    kind: 'organization',
    async ask(cell) {
      const { world, id } = cell;
      if (!isAllowed(cell)) return { params: { id, accountId: world.colleague.id } };
      return { params: { id: await world.organizationAround(cell.role), accountId: world.colleague.id } };
    },
  },
  'organization.permissions': aboutMember(),
  'organization.setPermissions': aboutMember({ permissions: {} }),
  'organization.invitations': nothing,
  'organization.respond': freshOrganization('organizationId', () => ({ body: { accept: true } })),
  'organization.leave': freshOrganization('id'),

  'identities.list': nothing,
  'identities.create': into(() => ({ name: 'fresh', type: 'password', password: 'a password' })),
  'identities.generateKey': { ask: () => ({ body: { algorithm: 'ed25519' } }) },
  'identities.get': about('identity', 'identityId'),
  'identities.usage': about('identity', 'identityId'),
  'identities.update': rename('identity', 'identityId', renamed),
  'identities.delete': fresh('identity', 'identityId'),
  'identities.move': fresh('identity', 'identityId', async ({ world, role }) => ({
    organizationId: await world.find(role, "the organization's", 'organization'),
  })),
  'identities.test': {
    kind: 'identity',
    ask: async ({ world, role, resource, id }) => ({
      params: { identityId: id },
      body: { entryId: (await world.find(role, resource === 'own' ? 'own' : "the organization's", 'entry')) ?? 0 },
    }),
  },

  'folder.list': nothing,
  'folder.create': into(() => ({ name: 'fresh' })),
  'folder.update': rename('folder', 'folderId', renamed),
  'folder.delete': fresh('folder', 'folderId'),

  'entry.list': nothing,
  'entry.recent': nothing,
  'entry.get': about('entry', 'entryId'),
  'entry.create': into(() => ({ name: 'fresh', config: { ip: '192.0.2.1' } })),
  'entry.update': rename('entry', 'entryId', renamed),
  'entry.delete': fresh('entry', 'entryId'),
  'entry.duplicate': fresh('entry', 'entryId'),
  'entry.reposition': about('entry', 'entryId', { folderId: null }),
  'entry.confirm-identity': {
    kind: 'entry',
    ask: async ({ world, role, resource, id }) => ({
      params: { entryId: id, identityId: (await world.find(role, resource, 'identity')) ?? 0 },
    }),
  },
  'entry.import-ssh-config': into(() => ({ text: 'Host fresh\n  HostName 192.0.2.1\n' })),
  'entry.host-keys.list': about('entry', 'entryId'),
  'entry.host-keys.replace': fresh('entry', 'entryId', () => Promise.resolve({ keys: [publicKeyLine()] })),
  'entry.host-keys.remove': {
    kind: 'entry',
    async ask(cell) {
      const { world, role, resource, id } = cell;
      if (!isAllowed(cell))
        return { params: { entryId: id, hostKeyId: (await world.find(role, resource, 'hostKey')) ?? 0 } };
      const place = world.placeOf(role, resource);
      const entryId = await world.make.entry(place);
      return { params: { entryId, hostKeyId: await world.make.hostKey(place, entryId) } };
    },
  },
  'entry.host-keys.scan': about('entry', 'entryId'),

  'connection.open': { kind: 'entry', ask: ({ id }) => ({ body: { entryId: id } }) },
  'connection.stream': about('entry', 'entryId', { command: 'true' }),
  'connection.exec': about('entry', 'entryId', command),
  'connection.list': {
    kind: 'organization',
    ask: ({ resource, id }) => (resource === 'own' ? {} : { query: `organizationId=${id}` }),
  },
  'connection.destination': about('entry', 'entryId'),
  // An API key that only reads opens none.
  'connection.get': {
    ...ofSession(),
    ask: (cell) => (cell.resource === 'own' ? { params: { sessionId: cell.id } } : ofSession().ask(cell)),
  },
  'connection.end': ofSession(),
  'connection.rejoin': ofSession(),
  'connection.resize': ofSession({ cols: 80, rows: 24 }),

  'audit.list': nothing,
  'audit.metadata': nothing,
  'audit.export': nothing,
  'audit.verify': nothing,
  'audit.checkpoint': nothing,
};
