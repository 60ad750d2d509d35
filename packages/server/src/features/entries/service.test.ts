import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, config, entryWorld, type EntryWorld } from '../../../test/entry-world.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import type { Caller } from '../../kernel/caller.ts';

let temporary: TemporaryDatabase;
let world: EntryWorld;
let alice: Caller;

beforeEach(async () => {
  temporary = await temporarySqlite();
  world = entryWorld(temporary.db);
  alice = await world.person('alice');
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

describe('entries', () => {
  it('keeps an entry with its identities in order and shows it in the tree', async () => {
    const first = await world.identity(account(alice));
    const second = await world.identity(account(alice));
    const folderId = await world.folders.create(alice, { name: 'Web' });
    const id = await world.entries.create(alice, {
      name: 'www',
      folderId,
      config: config('WWW.Example.org', { port: '2222' }),
      identities: [second, first, second],
    });
    const [folder] = await world.entries.tree(alice);
    expect(folder).toMatchObject({
      type: 'folder',
      name: 'Web',
      entries: [{ id, ip: 'www.example.org', config: { port: 2222 }, identities: [second, first], tags: [] }],
    });
    expect(await world.entries.get(alice, id)).toMatchObject({
      links: [
        { identityId: second, suspended: false },
        { identityId: first, suspended: false },
      ],
      hostKeyPolicy: 'ask',
    });
    expect((await world.audit()).map(({ action }) => action)).toEqual(['folder.create', 'entry.create']);
  });
});
