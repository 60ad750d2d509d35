import { permissions } from '@gatehouse/contract/permissions';
import type { Person, TestGatehouse } from '../harness/gatehouse.ts';
import type { TestServer } from '../ssh-servers/sshd.ts';
import { roles, type Resource, type Role } from './expectations.ts';
import { createMaker, idOf, makeAll, type Kind, type Maker, type Place, type Things } from './things.ts';

/** In the names of what belongs to the organization. */
export const organizationMark = 'OF-THE-ORGANIZATION';
/** In the names of things that no caller of the matrix may see. */
export const hiddenMark = 'HIDDEN';
const absentId = 987_654_321;

/** In the names of what is a role's own. */
export function personalMark(role: Role): string {
  return `PERSONAL-${role.replace(' ', '-')}.`;
}

/** Ids; undefined where there is no such thing. */
type Found = Readonly<Record<Kind, number | undefined>>;

/** The people and things that the matrix is about. */
export interface World {
  readonly gatehouse: TestGatehouse;
  readonly make: Maker;
  readonly people: Readonly<Record<Role, Person>>;
  /** An active member that is no caller of the matrix, for actions on a member. */
  readonly colleague: Person;
  /** The owner of things that are foreign to all callers. */
  readonly foreigner: Person;
  /** The id of what the resource is to the role; undefined where there is no such thing. */
  find(role: Role, resource: Resource, kind: Kind): Promise<number | undefined>;
  /** Where to make another thing of a role's own or the organization's. */
  placeOf(role: Role, resource: Resource): Place;
  /** What the names of things of a role's own or the organization's say. */
  nameOf(role: Role, resource: Resource): string;
  /** A username that no account has. */
  newName(): string;
  /** Another organization to which the role is what it is to the one of the matrix. */
  organizationAround(role: Role): Promise<number>;
}

export async function createWorld(gatehouse: TestGatehouse, server: TestServer): Promise<World> {
  const make = createMaker(gatehouse, server);
  const people = {} as Record<Role, Person>;
  for (const role of roles)
    people[role] = await (role === 'administrator'
      ? gatehouse.administrator()
      : gatehouse.person(role.replace(' ', '-')));
  const colleague = await gatehouse.person('colleague');
  const foreigner = await gatehouse.person('foreigner');
  const organizationId = await make.organization({ by: people.owner, name: 'Ops' });
  await join(people.owner, colleague, organizationId);
  for (const role of roles) if (role !== 'owner') await take(role, organizationId);
  const shared = await makeAll(make, { by: people.owner, organizationId, name: organizationMark });
  const elsewhere = await make.organization({ by: foreigner, name: hiddenMark });
  const theirs: Partial<Record<Resource, Found>> = {
    "the organization's": { ...shared, connection: await make.connection({ by: colleague, name: '' }, shared.entry) },
    "another organization's": await makeAll(make, { by: foreigner, organizationId: elsewhere, name: hiddenMark }),
    "another person's": withoutOrganization(await makeAll(make, { by: foreigner, name: hiddenMark })),
    deleted: await makeDeleted(make, gatehouse, foreigner),
  };
  let serial = 0;
  const own = createOwn(make, people);

  /** Makes the person of a role in an organization what it is. */
  async function take(role: Role, id: number, by = people.owner): Promise<void> {
    const person = people[role];
    if (role === 'outsider' || role === 'administrator') return;
    if (role === 'invited') {
      await by.call('POST', `/api/organization/${id}/invite`, { username: person.username });
      return;
    }
    await join(by, person, id);
    const address = `/api/organization/${id}/members/${person.id}`;
    if (role === 'removed') await idOf(by.call('DELETE', address), 'success');
    else await idOf(by.call('PUT', `${address}/permissions`, { permissions: settingsOf(role) }), 'permissions');
  }

  const placeOf = (role: Role, resource: Resource): Place =>
    resource === 'own' ? { by: people[role], name: 'fresh' } : { by: people.owner, organizationId, name: 'fresh' };
  return {
    gatehouse,
    make,
    people,
    colleague,
    foreigner,
    placeOf,
    nameOf: (role, resource) => (resource === 'own' ? personalMark(role) : organizationMark),
    newName: () => `new-person-${serial++}`,
    async find(role, resource, kind) {
      if (resource === 'absent') return absentId;
      if (resource !== 'own') return theirs[resource]?.[kind];
      return own(role, kind);
    },
    async organizationAround(role) {
      const by = role === 'owner' ? people.owner : foreigner;
      const id = await make.organization({ by, name: 'fresh' });
      if (role !== 'owner') await take(role, id, by);
      await join(by, colleague, id);
      return id;
    },
  };
}

/** Finds what is a role's own, and makes it when it is first asked for. */
function createOwn(make: Maker, people: Readonly<Record<Role, Person>>) {
  const made = new Map<string, Promise<number>>();
  const find = (role: Role, kind: Kind): Promise<number> => {
    const key = `${role} ${kind}`;
    const found = made.get(key) ?? create(role, kind);
    made.set(key, found);
    return found;
  };
  const create = async (role: Role, kind: Kind): Promise<number> => {
    const place = { by: people[role], name: personalMark(role) };
    switch (kind) {
      case 'account':
        return people[role].id;
      case 'entry':
        return make.entry(place, await find(role, 'identity'));
      case 'hostKey':
      case 'connection':
        return make[kind](place, await find(role, 'entry'));
      case 'identity':
      case 'folder':
      case 'organization':
      case 'signIn':
      case 'apiKey':
        return make[kind](place);
    }
  };
  return find;
}

async function join(by: Person, person: Person, id: number): Promise<void> {
  await idOf(by.call('POST', `/api/organization/${id}/invite`, { username: person.username }), 'success');
  await idOf(person.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true }), 'success');
}

/** What the owner says of the rights of a member of this role. */
function settingsOf(role: Role): Readonly<Record<string, string>> {
  if (role === 'member') return {};
  const all = permissions.map((permission) => [permission, role === `without ${permission}` ? 'deny' : 'allow']);
  return Object.fromEntries(all) as Record<string, string>;
}

function withoutOrganization(things: Things): Found {
  return { ...things, organization: undefined };
}

/** Sessions on servers and host keys are not deleted by themselves. */
async function makeDeleted(make: Maker, gatehouse: TestGatehouse, by: Person): Promise<Found> {
  const things = await makeAll(make, { by, name: hiddenMark });
  const organization = await make.organization({ by, name: hiddenMark });
  const account = (await make.person()).id;
  const administrator = await gatehouse.administrator();
  for (const path of [`entry/${things.entry}`, `identity/${things.identity}`, `folder/${things.folder}`])
    await idOf(by.call('DELETE', `/api/${path}`), 'message');
  await idOf(by.call('DELETE', `/api/organization/${organization}`), 'success');
  await idOf(by.call('DELETE', `/api/session/${things.signIn}`), 'message');
  await idOf(by.call('DELETE', `/api/account/api-keys/${things.apiKey}`), 'message');
  await idOf(administrator.call('DELETE', `/api/users/${account}`), 'message');
  return { ...things, organization, account, connection: undefined };
}
