import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { config, type EntryWorld } from '../../../../test/entry-world.ts';
import { hostKey } from '../../../../test/host-key.ts';
import { linkedEntry, type LinkedEntry } from '../../../../test/linked-entry.ts';
import type { Caller } from '../../../kernel/caller.ts';

let linked: LinkedEntry;
let world: EntryWorld;
/** Manages the identities of the organization. */
let manager: Caller;
/** May change servers and use identities, but not manage them. */
let user: Caller;
let org: number;
let password: number;
let key: number;
let entry: number;

beforeEach(async () => {
  linked = await linkedEntry();
  ({ world, manager, user, org, password, key, entry } = linked);
});

afterEach(async () => {
  await linked[Symbol.asyncDispose]();
});

describe('what is told of lost confirmations', () => {
  async function toldOf(change: Promise<unknown>): Promise<readonly number[]> {
    world.takeEvents();
    await change;
    return world.takeEvents().flatMap((event) => (event.type === 'confirmations' ? event.entryIds : []));
  }

  it('names the entry that another account changed, and none that a manager did', async () => {
    const root = config('db.example.org', { username: 'root' });
    expect(await toldOf(world.entries.update(manager, entry, { config: root }))).toEqual([]);
    expect(await toldOf(world.entries.update(user, entry, { config: config('db.example.org') }))).toEqual([entry]);
  });

  it('names the entry whose host key another account accepted or removed', async () => {
    const met = { entryId: entry, host: 'db.example.org', port: 22, facts: hostKey(), source: 'confirmed' } as const;
    expect(await toldOf(world.entries.pinKey(manager, met))).toEqual([]);
    const [pinned] = (await world.entries.listHostKeys(user, entry)).keys;
    expect(await toldOf(world.entries.removeHostKey(user, entry, pinned?.id ?? 0))).toEqual([entry]);
  });

  it('names the entry whose identities were replaced', async () => {
    expect(await toldOf(world.entries.update(manager, entry, { identities: [key] }))).toEqual([entry]);
  });

  it('names the entries in a folder that got another default identity, or went into another one', async () => {
    const folder = { name: 'Databases', organizationId: org };
    const folderId = await world.folders.create(manager, { ...folder, defaultIdentityId: password });
    const inside = await world.entries.create(manager, { name: 'in', folderId, config: config('inside') });
    expect(await toldOf(world.folders.update(manager, folderId, { defaultIdentityId: key }))).toEqual([inside]);
    const other = await world.folders.create(manager, folder);
    expect(await toldOf(world.folders.update(manager, folderId, { parentId: other }))).toEqual([inside]);
    expect(await toldOf(world.entries.update(manager, inside, { folderId: other }))).toEqual([inside]);
  });
});
