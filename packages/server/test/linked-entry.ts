import type { Caller } from '../src/kernel/caller.ts';
import { config, entryWorld, organization, type EntryWorld } from './entry-world.ts';
import { temporarySqlite } from './temporary-sqlite.ts';

/** A server of an organization, linked to a password and a key of it, on a database of its own. */
export interface LinkedEntry extends AsyncDisposable {
  readonly world: EntryWorld;
  /** Manages the identities of the organization. */
  readonly manager: Caller;
  /** May change servers and use identities, but not manage them. */
  readonly user: Caller;
  readonly org: number;
  readonly password: number;
  readonly key: number;
  readonly entry: number;
  /** Which links of an entry are suspended, by identity. */
  readonly suspended: (entryId?: number, caller?: Caller) => Promise<Record<number, boolean>>;
}

export async function linkedEntry(): Promise<LinkedEntry> {
  const temporary = await temporarySqlite();
  const world = entryWorld(temporary.db);
  const manager = await world.person('manager');
  const user = await world.person('user');
  const org = await world.organization('Example', [
    { who: manager, role: 'owner' },
    { who: user, denied: ['identities.manage'] },
  ]);
  const password = await world.identity(organization(org), 'password');
  const key = await world.identity(organization(org), 'ssh');
  const entry = await world.entries.create(manager, {
    name: 'db',
    organizationId: org,
    config: config('db.example.org'),
    identities: [password, key],
  });
  return {
    world,
    manager,
    user,
    org,
    password,
    key,
    entry,
    async suspended(entryId = entry, caller = user) {
      const { links } = await world.entries.resolve(caller, entryId);
      return Object.fromEntries(links.map((link) => [link.identityId, link.suspended]));
    },
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
