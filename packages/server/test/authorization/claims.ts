import type { EntryCan, EntryUse, FolderCan } from '@gatehouse/contract/entries';
import type { IdentityCan } from '@gatehouse/contract/identities';
import type { OperationId } from '@gatehouse/contract/operations';
import type { Resource, Role } from './expectations.ts';
import { questions, type Cell, type Sent } from './requests.ts';
import type { World } from './world.ts';

/** Those for whom a claim could differ, and those who stand for the others. */
export const claimants: readonly Role[] = [
  'owner',
  'trusted',
  'member',
  'without connect.ssh',
  'without identities.manage',
  'without resources.manage',
  'invited',
  'removed',
  'outsider',
  'administrator',
];

/** Whose the things are that claims are read of. */
export const claimed: readonly Resource[] = ["the organization's", 'own', "another organization's", "another person's"];

/** One member of a `can`, and the operation whose refusals it has to foretell. */
export interface Claim {
  readonly kind: 'identity' | 'entry' | 'folder';
  readonly what: string;
  readonly of: (can: never) => boolean;
  readonly operation: OperationId;
  /** Instead of the request of the matrix. */
  readonly ask?: (cell: Cell) => Promise<Sent>;
}

const identity = (name: keyof IdentityCan, operation: OperationId, ask?: Claim['ask']): Claim => ({
  kind: 'identity',
  what: name,
  of: (can: IdentityCan) => can[name],
  operation,
  ...(ask && { ask }),
});
const entry = (name: Exclude<keyof EntryCan, 'use'>, operation: OperationId): Claim => ({
  kind: 'entry',
  what: name,
  of: (can: EntryCan) => can[name],
  operation,
});
const use = (name: EntryUse, operation: OperationId): Claim => ({
  kind: 'entry',
  what: `use ${name}`,
  of: (can: EntryCan) => can.use.includes(name),
  operation,
});
const folder = (name: keyof FolderCan, operation: OperationId, ask?: Claim['ask']): Claim => ({
  kind: 'folder',
  what: name,
  of: (can: FolderCan) => can[name],
  operation,
  ...(ask && { ask }),
});

/** To an organization where who asks may add identities, so that the identity alone decides. */
async function moveToOwn({ world, role, resource, id, expected }: Cell): Promise<Sent> {
  const identityId = expected === 'allowed' ? await world.make.identity(world.placeOf(role, resource)) : id;
  const organizationId = await world.find(role, 'own', 'organization');
  return { params: { identityId }, body: { organizationId } };
}

/** Every member of every `can`; a new one without a row fails the test below its table. */
export const claims: readonly Claim[] = [
  identity('use', 'identities.test'),
  identity('update', 'identities.update'),
  identity('move', 'identities.move', moveToOwn),
  identity('delete', 'identities.delete'),
  identity('confirm', 'entry.confirm-identity'),
  use('terminal', 'connection.open'),
  use('exec', 'connection.exec'),
  use('exec', 'connection.stream'),
  use('test', 'identities.test'),
  use('scan', 'entry.host-keys.scan'),
  entry('update', 'entry.update'),
  entry('move', 'entry.reposition'),
  entry('delete', 'entry.delete'),
  entry('duplicate', 'entry.duplicate'),
  entry('manageHostKeys', 'entry.host-keys.replace'),
  entry('manageHostKeys', 'entry.host-keys.remove'),
  folder('add', 'entry.create', async ({ id }) =>
    Promise.resolve({ body: { name: 'fresh', folderId: id, config: { ip: '192.0.2.1' } } }),
  ),
  folder('add', 'folder.create', async ({ id }) => Promise.resolve({ body: { name: 'fresh', parentId: id } })),
  folder('update', 'folder.update'),
  folder('delete', 'folder.delete'),
  folder('setDefaultIdentity', 'folder.update', async ({ id }) =>
    Promise.resolve({ params: { folderId: id }, body: { defaultIdentityId: null } }),
  ),
];

/** What a role is told that it can do with a thing; undefined where it does not see it. */
export async function readCan(world: World, role: Role, kind: Claim['kind'], id: number): Promise<object | undefined> {
  const person = world.people[role];
  if (kind === 'folder') return (await readTree(world, role)).find(isNode('folder', id))?.can;
  const answer = await person.call('GET', `/api/${kind}/${id}`);
  if (answer.status === 404) return undefined;
  return (answer.body as { can: object }).can;
}

/** What a role reads of the same thing in lists; each has to say the same. */
export async function readListed(
  world: World,
  role: Role,
  kind: Claim['kind'],
  id: number,
): Promise<(object | undefined)[]> {
  const person = world.people[role];
  const list = async (path: string, name?: string) => {
    const { body } = await person.call('GET', path);
    const items = (name === undefined ? body : (body as Record<string, unknown>)[name]) as Node[];
    return items.find((item) => item.id === id)?.can;
  };
  if (kind === 'identity') return [await list('/api/identity/list'), await list('/api/identity/list?limit=1000')];
  if (kind === 'folder') return [(await readTree(world, role, 'entry')).find(isNode('folder', id))?.can];
  const flat = await list('/api/entry/list?flat=true&limit=1000', 'entries');
  return [flat, (await readTree(world, role, 'entry')).find(isNode('server', id))?.can];
}

interface Node {
  readonly id: number | string;
  readonly type: string;
  readonly can: object;
  readonly entries?: readonly Node[];
}

function isNode(type: string, id: number | string) {
  return (node: Node) => node.type === type && node.id === id;
}

/** All nodes of the tree, flat. */
export async function readTree(world: World, role: Role, of: 'folder' | 'entry' = 'folder'): Promise<readonly Node[]> {
  const flatten = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...flatten(node.entries ?? [])]);
  return flatten((await world.people[role].call('GET', `/api/${of}/list`)).body as Node[]);
}

/** The request of a claim's operation about the thing of a role. */
export async function askOf({ kind, operation, ask }: Claim, cell: Cell): Promise<Sent> {
  if (ask !== undefined) return ask(cell);
  const question = questions[operation];
  const other = question.kind;
  // An operation can be about a thing of another kind of the same owner.
  const id = other === undefined || other === kind ? cell.id : await cell.world.find(cell.role, cell.resource, other);
  return question.ask({ ...cell, id: id ?? 0 });
}
