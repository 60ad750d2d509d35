import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, config, entryWorld, organization, type EntryWorld } from '../../../../test/entry-world.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../../test/temporary-sqlite.ts';
import type { Caller } from '../../../kernel/caller.ts';

let temporary: TemporaryDatabase;
let world: EntryWorld;
let alice: Caller;
let bob: Caller;

beforeEach(async () => {
  temporary = await temporarySqlite();
  world = entryWorld(temporary.db);
  alice = await world.person('alice');
  bob = await world.person('bob');
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

const add = (name: string, more: object = {}) => world.entries.create(alice, { name, config: config(name), ...more });

async function order(): Promise<string[]> {
  return (await world.tree(alice)).map(({ name }) => name);
}

describe('entries', () => {
  it('are kept with their identities in order, and shown in the tree', async () => {
    const first = await world.identity(account(alice));
    const second = await world.identity(account(alice));
    const folderId = await world.folders.create(alice, { name: 'Web' });
    const id = await world.entries.create(alice, {
      name: 'www',
      folderId,
      config: config('WWW.Example.org', { port: '2222' }),
      identities: [second, first, second],
    });
    const [folder] = await world.tree(alice);
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

  it('take no identity that is not in the list of the caller, and name it', async () => {
    const foreign = await world.identity(account(bob));
    for (const id of [foreign, 999])
      await expect(add('www', { identities: [id] })).rejects.toMatchObject({
        code: 'invalid_request',
        message: `identities: ${id} is not an identity that you can use`,
      });
    expect(await world.tree(alice)).toEqual([]);
    expect(await world.audit()).toEqual([]);
  });

  it('do not exist for others, who are recorded trying', async () => {
    const id = await add('www');
    const confirmation = { entryId: id, identityId: 1, binding: undefined };
    const attempts = [
      () => world.entries.get(bob, id),
      () => world.entries.update(bob, id, { name: 'x' }),
      () => world.entries.remove(bob, id),
      () => world.entries.duplicate(bob, id),
      () => world.entries.reposition(bob, id, { folderId: null }),
      () => world.entries.confirm(bob, confirmation),
      () => world.entries.listHostKeys(bob, id),
      () => world.entries.replaceHostKeys(bob, id, []),
      () => world.entries.removeHostKey(bob, id, 1),
      () => world.entries.scanHostKeys(bob, id),
      () => world.entries.resolve(bob, id),
      () => world.entries.resolveChain(bob, id),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found', refusal: { resourceId: id } });
    await expect(world.entries.get(bob, 999)).rejects.toMatchObject({ code: 'not_found', refusal: undefined });
  });

  it('of an organization are seen by members and changed by those who may', async () => {
    const reader = await world.person('reader');
    const org = await world.organization('Example', [
      { who: alice, role: 'owner' },
      { who: reader, denied: ['resources.manage'] },
      { who: bob, status: 'pending' },
    ]);
    const id = await add('www', { organizationId: org });
    expect(await world.tree(reader)).toMatchObject([{ id: `org-${org}`, entries: [{ id }] }]);
    const forbidden = { code: 'forbidden', refusal: { resource: 'entry', resourceId: id, organizationId: org } };
    await expect(world.entries.update(reader, id, { name: 'x' })).rejects.toMatchObject(forbidden);
    await expect(world.entries.remove(reader, id)).rejects.toMatchObject(forbidden);
    await expect(world.entries.duplicate(reader, id)).rejects.toMatchObject(forbidden);
    await expect(world.entries.replaceHostKeys(reader, id, ['x'])).rejects.toMatchObject(forbidden);
    await expect(world.entries.get(bob, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await world.tree(bob)).toEqual([]);
  });

  it('tell of a change with the names of the fields, and end sessions only when the place changes', async () => {
    const id = await add('www');
    world.takeEvents();
    await world.entries.update(alice, id, { name: 'web', config: config('www', { legacyAlgorithms: true }) });
    expect(world.takeEvents()).toEqual([{ type: 'entries', owners: [account(alice)] }]);
    await world.entries.update(alice, id, { config: config('other') });
    expect(world.takeEvents()).toContainEqual({ type: 'revoked', what: { kind: 'entry', entryId: id } });
    expect((await world.audit()).slice(1).map(({ details }) => details)).toEqual([
      { fields: ['name', 'config.legacyAlgorithms'] },
      { fields: ['config.ip', 'config.legacyAlgorithms'] },
    ]);
  });

  it('lose the whole old config to a new one', async () => {
    const id = await world.entries.create(alice, { name: 'w', config: config('www', { notes: 'old', custom: 1 }) });
    await world.entries.update(alice, id, { config: config('www', { other: 2 }) });
    expect((await world.entries.get(alice, id)).config).toEqual({
      protocol: 'ssh',
      ip: 'www',
      port: 22,
      other: 2,
    });
  });

  it('move between owners with the rights at both ends', async () => {
    const org = await world.organization('Example', [{ who: alice, role: 'owner' }, { who: bob }]);
    const id = await add('www');
    await world.entries.update(alice, id, { organizationId: org });
    expect(await world.entries.get(bob, id)).toMatchObject({ organizationId: org, folderId: null });
    await world.entries.update(bob, id, { organizationId: null });
    await expect(world.entries.get(alice, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.entries.update(bob, id, { organizationId: 999 })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are missed in the log of the organization that they leave', async () => {
    const org = await world.organization('Example', [{ who: alice, role: 'owner' }, { who: bob }]);
    const id = await add('www');
    const came = { fromOrganizationId: null, toOrganizationId: org };
    const left = { fromOrganizationId: org, toOrganizationId: null };
    const action = 'entry.update';
    await world.entries.update(alice, id, { organizationId: org });
    expect((await world.audit()).slice(1)).toEqual([
      { action, organizationId: org, details: { fields: ['organizationId'], ...came } },
    ]);
    await world.entries.reposition(bob, id, { organizationId: null });
    const taken = { action, details: { fields: ['organizationId'], ...left } };
    expect((await world.audit()).slice(2)).toEqual([
      { ...taken, organizationId: org },
      { ...taken, organizationId: null },
    ]);
  });

  it('are copied with what the caller can use and with their pinned keys', async () => {
    const identity = await world.identity(account(alice));
    const id = await add('www', { identities: [identity], icon: 'server' });
    const copy = await world.entries.duplicate(alice, id);
    expect(await world.entries.get(alice, copy)).toMatchObject({
      name: 'www (copy)',
      icon: 'server',
      links: [{ identityId: identity, suspended: false }],
    });
    const long = await add('x'.repeat(63), { name: '😀'.repeat(255) });
    expect(Array.from((await world.entries.get(alice, await world.entries.duplicate(alice, long))).name)).toHaveLength(
      255,
    );
  });

  it('list those used last, the latest first', async () => {
    const [one, two] = [await add('one'), await add('two')];
    const gone = await world.entries.create(bob, { name: 'gone', config: config('gone') });
    const visits = [one, two, gone, one, two, one];
    await world.db.transaction(async (trx) => {
      for (const entry_id of visits)
        await trx
          .insertInto('sessions')
          .values({
            account_id: alice.accountId,
            organization_id: null,
            entry_id,
            entry_name: 'x',
            identity_id: null,
            type: 'terminal',
            status: 'ended',
            reason: null,
            exit_code: null,
            exit_signal: null,
            started_at: 'x',
            ended_at: null,
          })
          .execute();
    });
    expect((await world.entries.recent(alice, 10)).map(({ id }) => id)).toEqual([one, two]);
    expect((await world.entries.recent(alice, 1)).map(({ id }) => id)).toEqual([one]);
    expect(await world.entries.recent(bob, 10)).toEqual([]);
  });
});

describe('jump hosts of an entry', () => {
  it.each([
    ['one that the caller cannot see', () => world.entries.create(bob, { name: 'b', config: config('b') })],
    ['one that does not exist', () => Promise.resolve(999)],
    ['one that is no SSH server', () => add('vnc', { config: config('vnc', { protocol: 'vnc' }) })],
  ])('are refused: %s', async (_, jump) => {
    const jumpHosts = [await jump()];
    await expect(add('www', { config: config('www', { jumpHosts }) })).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ path: 'config.jumpHosts' }],
    });
  });

  it('never lead back to the entry', async () => {
    const a = await add('a');
    const b = await add('b', { config: config('b', { jumpHosts: [a] }) });
    const c = await add('c', { config: config('c', { jumpHosts: [b] }) });
    for (const jump of [a, b, c])
      await expect(
        world.entries.update(alice, a, { config: config('a', { jumpHosts: [jump] }) }),
      ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('stay when a member who does not see them edits the entry', async () => {
    const org = await world.organization('Example', [{ who: alice, role: 'owner' }, { who: bob }]);
    const own = await add('own');
    const id = await add('www', { organizationId: org, config: config('www', { jumpHosts: [own] }) });
    await world.entries.update(bob, id, { config: config('www', { jumpHosts: [own], notes: 'x' }) });
    expect((await world.entries.get(alice, id)).config).toMatchObject({ jumpHosts: [own], notes: 'x' });
  });
});

describe('reposition', () => {
  it('puts an entry before or after another, or last', async () => {
    const [a, b, c] = [await add('a'), await add('b'), await add('c')];
    await world.entries.reposition(alice, c, { targetId: a, placement: 'before' });
    expect(await order()).toEqual(['c', 'a', 'b']);
    await world.entries.reposition(alice, c, { targetId: a, placement: 'after' });
    expect(await order()).toEqual(['a', 'c', 'b']);
    await world.entries.reposition(alice, a, { folderId: null });
    expect(await order()).toEqual(['c', 'b', 'a']);
    expect(b).toBeGreaterThan(a);
  });

  it('finds room however often the same two are asked to have one between them', async () => {
    const ids = [await add('a'), await add('b'), await add('c'), await add('d')];
    const names = ['a', 'b', 'c', 'd'];
    for (let turn = 0; turn < 40; turn++) {
      const [name = '', ...rest] = [...names].reverse();
      names.splice(0, names.length, ...[rest.at(-1) ?? '', name, ...rest.slice(0, -1).reverse()]);
      const id = ids['abcd'.indexOf(name)] ?? 0;
      await world.entries.reposition(alice, id, { targetId: ids['abcd'.indexOf(names[0] ?? '')] ?? 0 });
      expect(await order()).toEqual(names);
    }
  });

  it('moves into the folder of its target, and refuses a target elsewhere', async () => {
    const folderId = await world.folders.create(alice, { name: 'Folder' });
    const [inside, outside] = [await add('in', { folderId }), await add('out')];
    await expect(world.entries.reposition(alice, outside, { folderId: null, targetId: inside })).rejects.toMatchObject({
      details: [{ path: 'targetId' }],
    });
    await world.entries.reposition(alice, outside, { targetId: inside, placement: 'before' });
    expect(await world.tree(alice)).toMatchObject([{ id: folderId, entries: [{ id: outside }, { id: inside }] }]);
  });
});

describe('the flat list', () => {
  it('comes in pages that miss nothing and repeat nothing', async () => {
    const ids = [];
    for (let index = 0; index < 7; index++) ids.push(await add(`h${index}`));
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.entries.page(alice, { limit: 3, cursor });
      seen.push(...page.entries.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids);
  });

  it('finds names and hosts, and takes wildcards literally', async () => {
    await add('web_1', { config: config('alpha.example.org') });
    await add('webx1');
    await world.entries.create(bob, { name: 'web_1', config: config('x') });
    const found = async (search: string) =>
      (await world.entries.page(alice, { limit: 10, search })).entries.map(({ name }) => name);
    expect(await found('WEB_')).toEqual(['web_1']);
    expect(await found('alpha')).toEqual(['web_1']);
    expect(await found('%')).toEqual([]);
    expect(await found('')).toEqual(['web_1', 'webx1']);
  });

  it('refuses a cursor that is not its own', async () => {
    await expect(world.entries.page(alice, { limit: 3, cursor: 'abc' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('importSshConfig', () => {
  const text = 'Host bastion\n  User ops\nHost inner\n  ProxyJump bastion\n';

  it('adds entries that refer to each other', async () => {
    const result = await world.entries.importSshConfig(alice, { text, dryRun: false });
    const [bastion, inner] = result.entries.map(({ id }) => id ?? 0);
    expect((await world.entries.get(alice, inner ?? 0)).config).toMatchObject({ jumpHosts: [bastion] });
    expect((await world.entries.resolve(alice, bastion ?? 0)).username).toBe('ops');
  });

  it('adds nothing in a dry run, and tells the same', async () => {
    const dry = await world.entries.importSshConfig(alice, { text, dryRun: true });
    expect(dry.entries).toMatchObject([
      { id: null, name: 'bastion', username: 'ops' },
      { id: null, name: 'inner', jumpHosts: ['bastion'] },
    ]);
    expect(await world.tree(alice)).toEqual([]);
    expect(await world.audit()).toEqual([]);
  });

  it('asks for the same rights as adding one by one', async () => {
    const org = await world.organization('Example', [{ who: bob, role: 'owner' }]);
    await expect(
      world.entries.importSshConfig(alice, { text, dryRun: true, organizationId: org }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('adds all or nothing', async () => {
    await world.db.transaction(async (trx) => {
      const { sql } = await import('kysely');
      await sql`create trigger full before insert on entries when new.name = 'inner' begin select raise(abort, 'full'); end`.execute(
        trx,
      );
    });
    await expect(world.entries.importSshConfig(alice, { text, dryRun: false })).rejects.toThrow('full');
    expect(await world.tree(alice)).toEqual([]);
    expect(world.takeEvents()).toEqual([]);
  });
});

describe('owners', () => {
  it('see their personal servers first, then each organization', async () => {
    const org = await world.organization('Example', [{ who: alice, role: 'owner' }]);
    await add('shared', { organizationId: org });
    await add('own');
    expect(await order()).toEqual(['own', 'Example']);
    expect((await world.entries.resolve(alice, 1)).owner).toEqual(organization(org));
  });
});
