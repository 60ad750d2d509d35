import { sql } from 'kysely';
import type { FolderNode, Tree } from '@gatehouse/contract/entries';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, config, entryWorld, organization, type EntryWorld } from '../../../../test/entry-world.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../../test/temporary-sqlite.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { maxDepth } from './policy.ts';

let temporary: TemporaryDatabase;
let world: EntryWorld;
let alice: Caller;
let bob: Caller;
let org: number;

beforeEach(async () => {
  temporary = await temporarySqlite();
  world = entryWorld(temporary.db);
  alice = await world.person('alice');
  bob = await world.person('bob');
  org = await world.organization('Example', [{ who: alice, role: 'owner' }, { who: bob }]);
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

/** Ids and parents of all folders in a tree, by walking it. */
function parents(nodes: Tree, parent: number | null = null): Map<number, number | null> {
  const found = new Map<number, number | null>();
  for (const node of nodes) {
    if (node.type === 'server') continue;
    if (node.type === 'folder') found.set(node.id, parent);
    const below = parents(node.entries, node.type === 'folder' ? node.id : null);
    for (const [id, above] of below) found.set(id, above);
  }
  return found;
}

describe('folders', () => {
  it('take the owner of their parent', async () => {
    const top = await world.folders.create(alice, { name: 'Top', organizationId: org });
    const inner = await world.folders.create(bob, { name: 'Inner', parentId: top });
    const [node] = await world.folderTree(bob);
    expect(node).toMatchObject({
      id: `org-${org}`,
      type: 'organization',
      name: 'Example',
      entries: [{ id: top, entries: [{ id: inner, parentId: top, organizationId: org, entries: [] }] }],
    });
  });

  it('refuse a parent of another owner than the one that is named', async () => {
    const own = await world.folders.create(alice, { name: 'Own' });
    await expect(world.folders.create(alice, { name: 'x', parentId: own, organizationId: org })).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ path: 'organizationId' }],
    });
  });

  it('refuse a parent that the caller cannot see like one that does not exist', async () => {
    const own = await world.folders.create(alice, { name: 'Own' });
    for (const parentId of [own, 999])
      await expect(world.folders.create(bob, { name: 'x', parentId })).rejects.toMatchObject({
        code: 'invalid_request',
        message: 'parentId: is not a folder that you can access',
      });
  });

  it('are changed only by those who may', async () => {
    const reader = await world.person('reader');
    const outsider = await world.person('outsider');
    const shared = await world.organization('Shared', [
      { who: alice, role: 'owner' },
      { who: reader, denied: ['resources.manage'] },
      { who: outsider, status: 'pending' },
    ]);
    const id = await world.folders.create(alice, { name: 'Top', organizationId: shared });
    const refusal = { resource: 'folder', resourceId: id, organizationId: shared };
    for (const [who, code] of [
      [reader, 'forbidden'],
      [outsider, 'not_found'],
    ] as const) {
      await expect(world.folders.update(who, id, { name: 'x' })).rejects.toMatchObject({ code, refusal });
      await expect(world.folders.remove(who, id)).rejects.toMatchObject({ code, refusal });
      await expect(world.folders.create(who, { name: 'x', organizationId: shared })).rejects.toMatchObject({
        code: 'forbidden',
        refusal: { action: 'folder.create', organizationId: shared },
      });
    }
    await expect(world.folders.create(alice, { name: 'x', organizationId: 999 })).rejects.toMatchObject({
      code: 'forbidden',
      refusal: undefined,
    });
    expect(await world.folderTree(outsider)).toEqual([]);
  });

  it('are deleted with more folders in them than a statement has parameters', async () => {
    const top = await world.folders.create(alice, { name: 'Top' });
    await world.db.transaction((trx) =>
      sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < 33000)
        insert into folders (account_id, parent_id, name, created_at, updated_at)
        select ${alice.accountId}, ${top}, 'Inner', '', '' from n`.execute(trx),
    );
    const owned = (column: 'account_id' | 'organization_id', id: number) =>
      world.db.read.selectFrom('folders').select('id').where(column, '=', id).execute();
    await expect(world.folders.update(alice, top, { organizationId: org })).rejects.toMatchObject({
      code: 'quota_exceeded',
    });
    expect(await owned('organization_id', org)).toHaveLength(0);
    await world.folders.remove(alice, top);
    expect(await owned('account_id', alice.accountId)).toHaveLength(0);
  });

  it('are deleted with all that is in them, and end the sessions there', async () => {
    const top = await world.folders.create(alice, { name: 'Top', organizationId: org });
    const inner = await world.folders.create(alice, { name: 'Inner', parentId: top });
    const entry = await world.entries.create(alice, { name: 'e', folderId: inner, config: config('host') });
    world.takeEvents();
    await world.folders.remove(bob, top);
    await expect(world.entries.get(alice, entry)).rejects.toMatchObject({ code: 'not_found' });
    expect(world.takeEvents()).toEqual([
      { type: 'entries', owners: [organization(org)] },
      { type: 'revoked', what: { kind: 'entry', entryId: entry } },
    ]);
    expect((await world.audit()).at(-1)).toEqual({
      action: 'folder.delete',
      details: { folders: 1, entries: [entry] },
      organizationId: org,
    });
  });

  it('take their contents to another owner and leave behind what is of no use there', async () => {
    const [mine, shared] = [await world.identity(account(alice)), await world.identity(organization(org))];
    const other = await world.organization('Other', [{ who: alice, role: 'owner' }]);
    const top = await world.folders.create(alice, { name: 'Top', organizationId: org, defaultIdentityId: shared });
    const inner = await world.folders.create(alice, { name: 'Inner', parentId: top });
    const bobs = await world.identity(account(bob));
    const identities = [mine, shared];
    const entry = await world.entries.create(alice, { name: 'e', folderId: inner, config: config('host'), identities });
    await world.entries.update(bob, entry, { identities: [bobs, shared] });
    world.takeEvents();
    await world.folders.update(alice, top, { organizationId: other });
    expect(await world.entries.get(alice, entry)).toMatchObject({
      organizationId: other,
      folderId: inner,
      identities: [shared, mine],
      inherited: null,
    });
    await expect(world.entries.get(bob, entry)).rejects.toMatchObject({ code: 'not_found' });
    const left = await world.db.read.selectFrom('entry_identities').select('identity_id').execute();
    expect(left.map(({ identity_id }) => identity_id).sort()).toEqual([mine, shared].sort());
    expect(world.takeEvents()).toEqual([
      { type: 'revoked', what: { kind: 'entry', entryId: entry } },
      { type: 'entries', owners: [organization(org), organization(other)] },
    ]);
    const move = { entries: [entry], fromOrganizationId: org, toOrganizationId: other };
    const moved = { action: 'folder.update', details: { fields: ['organizationId'], ...move } };
    expect((await world.audit()).slice(-2)).toEqual([
      { ...moved, organizationId: org },
      { ...moved, organizationId: other },
    ]);
  });

  it('stay where they are when the other owner refuses them', async () => {
    const other = await world.organization('Other', [
      { who: bob, role: 'owner' },
      { who: alice, denied: ['resources.manage'] },
    ]);
    const top = await world.folders.create(alice, { name: 'Top' });
    await expect(world.folders.update(alice, top, { organizationId: other, name: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await world.folderTree(alice)).toMatchObject([{ id: top, name: 'Top', organizationId: null }, {}, {}]);
  });

  it('leave the host-key policy to the organization where none of them has one', async () => {
    const top = await world.folders.create(alice, { name: 'Top', organizationId: org });
    const entry = await world.entries.create(alice, { name: 'e', folderId: top, config: config('host') });
    const policy = async () => (await world.entries.resolve(alice, entry)).config.hostKeyPolicy;
    const set = { host_key_policy: 'strict' };
    await world.db.transaction((trx) => trx.updateTable('organizations').set(set).where('id', '=', org).execute());
    expect(await policy()).toBe('strict');
    await world.folders.update(alice, top, { hostKeyPolicy: 'accept-new' });
    expect(await policy()).toBe('accept-new');
    await world.entries.update(alice, entry, { config: config('host', { hostKeyPolicy: 'none' }) });
    expect(await policy()).toBe('none');
  });

  it('give entries below the nearest host-key policy', async () => {
    const top = await world.folders.create(alice, { name: 'Top', hostKeyPolicy: 'strict' });
    const inner = await world.folders.create(alice, { name: 'Inner', parentId: top });
    const entry = await world.entries.create(alice, { name: 'e', folderId: inner, config: config('host') });
    const policy = async () => (await world.entries.resolve(alice, entry)).config.hostKeyPolicy;
    expect(await policy()).toBe('strict');
    await world.folders.update(alice, inner, { hostKeyPolicy: 'accept-new' });
    expect(await policy()).toBe('accept-new');
    await world.entries.update(alice, entry, { config: config('host', { hostKeyPolicy: 'ask' }) });
    expect(await policy()).toBe('ask');
  });

  it(`are at most ${maxDepth} deep, also after a move`, async () => {
    let parentId = await world.folders.create(alice, { name: '1' });
    for (let depth = 2; depth <= maxDepth; depth++)
      parentId = await world.folders.create(alice, { name: String(depth), parentId });
    await expect(world.folders.create(alice, { name: 'x', parentId })).rejects.toThrow('deep');
    const other = await world.folders.create(alice, { name: 'other' });
    await expect(world.folders.update(alice, other, { parentId })).rejects.toThrow('deep');
  });

  it('stay a tree whatever moves are tried', async () => {
    const move = fc.record({ folder: fc.nat(5), parent: fc.option(fc.nat(5)) });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 12 }), async (moves) => {
        const owner = await world.person(crypto.randomUUID());
        const ids: number[] = [];
        for (let index = 0; index < 6; index++) ids.push(await world.folders.create(owner, { name: `f${index}` }));
        const model = new Map<number, number | null>(ids.map((id) => [id, null]));
        for (const { folder, parent } of moves) {
          const id = ids[folder] ?? 0;
          const parentId = parent === null ? null : (ids[parent] ?? null);
          const refused = await world.folders.update(owner, id, { parentId }).then(
            () => false,
            () => true,
          );
          expect(refused).toBe(reaches(model, parentId, id));
          if (!refused) model.set(id, parentId);
        }
        expect(parents(await world.folderTree(owner))).toEqual(model);
      }),
      { numRuns: 15 },
    );
  });
});

/** Whether `goal` is an ancestor of `start`. */
function reaches(model: ReadonlyMap<number, number | null>, start: number | null, goal: number): boolean {
  for (let at = start; at !== null; at = model.get(at) ?? null) if (at === goal) return true;
  return false;
}

describe('the tree', () => {
  it('keeps the order of positions', async () => {
    const first = await world.folders.create(alice, { name: 'b' });
    const second = await world.folders.create(alice, { name: 'a' });
    const order = async () => (await world.folderTree(alice)).map(({ id }) => id).slice(0, 2);
    expect(await order()).toEqual([first, second]);
    await world.folders.update(alice, second, { position: 0 });
    expect(await order()).toEqual([second, first]);
    const [node] = (await world.folderTree(alice)) as FolderNode[];
    expect(node).toMatchObject({ name: 'a', position: 0, defaultIdentityId: null, hostKeyPolicy: null });
  });
});
