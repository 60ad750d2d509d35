import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, asApiKey, config, organization, type EntryWorld } from '../../../../test/entry-world.ts';
import { hostKey } from '../../../../test/host-key.ts';
import { linkedEntry, type LinkedEntry } from '../../../../test/linked-entry.ts';
import { decideIdentity } from '../../../access/decide-identity.ts';
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
let suspended: LinkedEntry['suspended'];

beforeEach(async () => {
  linked = await linkedEntry();
  ({ world, manager, user, org, password, key, entry, suspended } = linked);
});

afterEach(async () => {
  await linked[Symbol.asyncDispose]();
});

const authorize = (caller: Caller) => world.access.authorizeUse(caller, { entryId: entry, use: 'terminal' });

const use = async (identityId: number, caller = user, entryId = entry, named = false) =>
  decideIdentity(
    await world.entries.resolve(caller, entryId),
    { id: identityId, owner: organization(org), type: identityId === key ? 'ssh' : 'password' },
    { permission: 'connect.ssh', named },
  );

describe('who redirects a shared identity', () => {
  it('can use what a manager linked', async () => {
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
    expect(await use(password)).toBe('ok');
  });

  it.each([
    ['the host', { ip: '127.0.0.1' }],
    ['the port', { ip: 'db.example.org', port: 2222 }],
    ['the protocol', { ip: 'db.example.org', protocol: 'telnet', port: 22 }],
    ['the user name', { ip: 'db.example.org', username: 'root' }],
    ['the algorithms', { ip: 'db.example.org', legacyAlgorithms: true }],
  ])('loses it by changing %s, until a manager confirms', async (_, { ip, ...more }) => {
    await world.entries.update(user, entry, { config: config(ip, more) });
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
    expect(await use(password)).toBe('suspended');
    expect(await use(password, manager, entry, true)).toBe('suspended');
    await expect(
      world.entries.confirm(user, { entryId: entry, identityId: password, binding: undefined }),
    ).rejects.toMatchObject({
      code: 'forbidden',
      refusal: { action: 'entry.confirm' },
    });
    await world.entries.confirm(manager, { entryId: entry, identityId: password, binding: undefined });
    expect(await suspended()).toEqual({ [password]: false, [key]: true });
  });

  it('loses it by changing the way, also by changing a jump host on it', async () => {
    const jump = await world.entries.create(manager, { name: 'jump', organizationId: org, config: config('jump') });
    const behind = await world.entries.create(manager, {
      name: 'behind',
      organizationId: org,
      config: config('behind', { jumpHosts: [jump] }),
      identities: [password],
    });
    await world.entries.update(user, jump, { config: config('rogue') });
    expect(await suspended(behind)).toEqual({ [password]: true });
    await world.entries.update(user, entry, { config: config('db.example.org', { jumpHosts: [jump] }) });
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
  });

  it('keeps it when a manager makes the change, for entries behind a changed jump host too', async () => {
    const jump = await world.entries.create(manager, { name: 'jump', organizationId: org, config: config('jump') });
    await world.entries.update(manager, entry, { config: config('db.example.org', { jumpHosts: [jump] }) });
    await world.entries.update(manager, jump, { config: config('jump2') });
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
  });

  it('gets it back by undoing the change', async () => {
    await world.entries.update(user, entry, { config: config('127.0.0.1') });
    await world.entries.update(user, entry, { config: config('db.example.org') });
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
  });

  it('is not helped by a manager who changes something else afterwards', async () => {
    await world.entries.update(user, entry, { config: config('127.0.0.1') });
    await world.entries.update(manager, entry, {
      name: 'renamed',
      config: config('127.0.0.1', { port: 2200 }),
      identities: [password, key],
    });
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
  });

  it('keeps it when names, notes or icons change', async () => {
    await world.entries.update(user, entry, { name: 'x', config: config('db.example.org', { notes: 'hello' }) });
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
  });

  it('cannot link it to a server of their own', async () => {
    const own = await world.entries.create(user, { name: 'own', config: config('rogue'), identities: [password] });
    expect(await use(password, user, own)).toBe('suspended');
    const shared = await world.entries.create(user, {
      name: 'rogue',
      organizationId: org,
      config: config('rogue'),
      identities: [password],
    });
    expect(await use(password, user, shared, true)).toBe('suspended');
  });

  it('cannot name it for a server that it is not linked to, as a manager can', async () => {
    const bare = await world.entries.create(user, { name: 'bare', organizationId: org, config: config('rogue') });
    expect(await use(password, user, bare, true)).toBe('not-linked');
    expect(await use(password, manager, bare, false)).toBe('not-linked');
    expect(await use(password, manager, bare, true)).toBe('ok');
  });

  it('does not manage with an API key that may only edit servers', async () => {
    const program = asApiKey(manager, ['entries:write', 'entries:read', 'connections:open']);
    await world.entries.update(program, entry, { config: config('127.0.0.1') });
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
    const bare = await world.entries.create(program, { name: 'bare', organizationId: org, config: config('rogue') });
    expect(await use(password, program, bare, true)).toBe('not-linked');
  });

  it('confirms nothing but what they have seen', async () => {
    await world.entries.update(user, entry, { config: config('one') });
    const { binding } = await world.entries.get(manager, entry);
    await world.entries.update(user, entry, { config: config('two') });
    const stale = world.entries.confirm(manager, { entryId: entry, identityId: password, binding });
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is told so between the host key and the password of a login under way', async () => {
    const { target } = await authorize(user);
    expect(target.identity).toMatchObject({ identity: { id: password }, because: 'linked' });
    await target.identity?.recheck();
    await world.entries.update(manager, entry, { config: config('elsewhere') });
    expect(await use(password)).toBe('ok');
    await expect(target.identity?.recheck()).rejects.toMatchObject({ code: 'link_suspended' });
  });
});

describe('host keys and the binding', () => {
  const pin = (caller: Caller, source: 'confirmed' | 'accept-new' = 'confirmed', facts = hostKey()) =>
    world.entries.pinKey(caller, { entryId: entry, host: 'db.example.org', port: 22, facts, source });

  it('confirms the first key with the manager who met it', async () => {
    await pin(manager);
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
  });

  it('suspends a password, not a key, when the first host key came from another account', async () => {
    const { target } = await authorize(user);
    expect(target.identity?.identity.id).toBe(password);
    await pin(user);
    expect(await suspended()).toEqual({ [password]: true, [key]: false });
    await expect(target.identity?.recheck()).rejects.toMatchObject({ code: 'link_suspended' });
    await world.entries.confirm(manager, { entryId: entry, identityId: password, binding: undefined });
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
  });

  it('suspends a key identity that gets a password after such a first host key', async () => {
    await pin(user);
    await world.db.transaction((trx) =>
      trx.updateTable('identities').set({ type: 'both' }).where('id', '=', key).execute(),
    );
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
  });

  it('suspends everything when another account replaces the key, adds one, or starts afresh', async () => {
    const first = hostKey();
    await world.entries.replaceHostKeys(manager, entry, [first.publicKey]);
    await world.entries.replaceHostKeys(user, entry, [first.publicKey, hostKey().publicKey]);
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
    await world.entries.replaceHostKeys(user, entry, [first.publicKey]);
    expect(await suspended()).toEqual({ [password]: false, [key]: false });
    const [pinned] = (await world.entries.listHostKeys(user, entry)).keys;
    await world.entries.removeHostKey(user, entry, pinned?.id ?? 0);
    await pin(user);
    expect(await suspended()).toEqual({ [password]: true, [key]: true });
  });

  it('never lets a policy replace a key, nor a person who may not change the server', async () => {
    const reader = await world.person('reader');
    await world.db.transaction((trx) =>
      trx
        .insertInto('memberships')
        .values({
          organization_id: org,
          account_id: reader.accountId,
          role: 'member',
          status: 'active',
          permissions: '{"resources.manage":"deny","identities.manage":"deny"}',
          invited_at: 'x',
          joined_at: 'x',
        })
        .execute(),
    );
    await pin(reader, 'confirmed');
    const offered = hostKey();
    await expect(pin(manager, 'accept-new', offered)).rejects.toMatchObject({
      code: 'host_key_changed',
      facts: { hostKey: { entryId: entry, offered } },
    });
    await expect(pin(reader, 'confirmed', offered)).rejects.toMatchObject({ code: 'forbidden' });
    await pin(user, 'confirmed', offered);
    expect(await world.entries.trustedKeys(entry, 'db.example.org', 22)).toEqual({
      keys: [offered],
      authorities: [],
      revoked: [],
    });
    expect((await world.audit()).map(({ action }) => action)).toEqual([
      'entry.create',
      'host-key.pin',
      'host-key.replace',
    ]);
  });

  it('pins one of two keys that two logins meet at the same time', async () => {
    await world.entries.update(user, entry, { config: config('db.example.org', { hostKeyPolicy: 'accept-new' }) });
    const results = await Promise.allSettled([pin(user, 'accept-new'), pin(user, 'accept-new')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('leaves the pins of an old host behind', async () => {
    const facts = hostKey();
    await pin(manager, 'confirmed', facts);
    await world.entries.update(manager, entry, { config: config('new.example.org') });
    expect((await world.entries.listHostKeys(user, entry)).keys).toEqual([]);
    await world.entries.update(manager, entry, { config: config('db.example.org') });
    expect((await world.entries.listHostKeys(user, entry)).knownHosts).toEqual([`db.example.org ${facts.publicKey}`]);
  });
});

describe('personal identities on servers of an organization', () => {
  it('are seen, used and answered for by their owner alone', async () => {
    const mine = await world.identity(account(user));
    await world.entries.update(user, entry, { identities: [mine, password] });
    expect((await world.entries.get(user, entry)).identities).toEqual([mine, password]);
    expect((await world.entries.get(manager, entry)).identities).toEqual([password]);
    await world.entries.update(manager, entry, { config: config('moved') });
    expect(await suspended()).toMatchObject({ [mine]: true, [password]: false });
    await expect(
      world.entries.confirm(manager, { entryId: entry, identityId: mine, binding: undefined }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await world.entries.confirm(user, { entryId: entry, identityId: mine, binding: undefined });
    expect(await suspended()).toMatchObject({ [mine]: false });
  });

  it('stay when a member who does not see them replaces the links', async () => {
    const mine = await world.identity(account(user));
    await world.entries.update(user, entry, { identities: [mine, password] });
    await world.entries.update(manager, entry, { identities: [key] });
    expect((await world.entries.get(user, entry)).identities).toEqual([key, mine]);
  });
});

describe('jump hosts', () => {
  it('are refused when their only identity is another account’s', async () => {
    const theirs = await world.identity(account(manager));
    const jump = await world.entries.create(manager, {
      name: 'bastion',
      organizationId: org,
      config: config('bastion'),
      identities: [theirs],
    });
    await world.entries.update(manager, entry, { config: config('db.example.org', { jumpHosts: [jump] }) });
    const { jumps } = await world.entries.resolveChain(manager, entry);
    expect(jumps).toMatchObject([{ id: jump, host: 'bastion', links: [{ identityId: theirs }] }]);
    await expect(authorize(user)).rejects.toMatchObject({
      code: 'credential_required',
      message: expect.stringContaining('“bastion”') as string,
    });
  });

  it('are refused when they were changed by a member who does not manage their identity', async () => {
    const jump = await world.entries.create(manager, {
      name: 'bastion',
      organizationId: org,
      config: config('bastion'),
      identities: [key],
    });
    await world.entries.update(manager, entry, { config: config('db.example.org', { jumpHosts: [jump] }) });
    await world.entries.update(user, jump, { config: config('rogue') });
    await expect(authorize(manager)).rejects.toMatchObject({ code: 'link_suspended' });
  });

  it('are refused without a name when the caller cannot see them', async () => {
    const own = await world.entries.create(manager, { name: 'secret place', config: config('own') });
    await world.entries.update(manager, entry, { config: config('db.example.org', { jumpHosts: [own] }) });
    const refused = await authorize(user).catch((error: unknown) => String(error));
    expect(refused).toContain('you have no access to it');
    expect(refused).not.toContain('secret place');
  });
});

describe('an inherited default identity', () => {
  it('is confirmed, suspended and confirmed again like a link', async () => {
    const folderId = await world.folders.create(manager, {
      name: 'Databases',
      organizationId: org,
      defaultIdentityId: password,
    });
    const inside = await world.entries.create(manager, { name: 'in', folderId, config: config('inside') });
    expect((await world.entries.get(user, inside)).inherited).toEqual({
      identityId: password,
      from: 'folder',
      id: folderId,
      suspended: false,
    });
    await world.entries.update(user, inside, { config: config('rogue') });
    expect(await use(password, user, inside)).toBe('suspended');
    await world.entries.confirm(manager, { entryId: inside, identityId: password, binding: undefined });
    expect(await use(password, user, inside)).toBe('ok');
  });

  it('is not sent to a server that a member who does not manage it puts into the folder', async () => {
    const folderId = await world.folders.create(manager, {
      name: 'Databases',
      organizationId: org,
      defaultIdentityId: password,
    });
    const added = await world.entries.create(user, { name: 'new', folderId, config: config('rogue') });
    expect(await use(password, user, added)).toBe('suspended');
    const lab = await world.entries.create(manager, { name: 'lab', organizationId: org, config: config('lab') });
    await world.entries.update(user, lab, { folderId });
    expect(await use(password, user, lab)).toBe('suspended');
    const shelf = await world.folders.create(user, { name: 'Lab', organizationId: org });
    const other = await world.entries.create(manager, { name: 'o', folderId: shelf, config: config('lab') });
    await world.folders.update(user, shelf, { parentId: folderId });
    expect(await use(password, user, other)).toBe('suspended');
  });

  it('is set by those alone who manage identities, and only the owner’s own', async () => {
    const folderId = await world.folders.create(user, { name: 'Lab', organizationId: org });
    await expect(world.folders.update(user, folderId, { defaultIdentityId: password })).rejects.toMatchObject({
      code: 'forbidden',
      refusal: { action: 'folder.update', organizationId: org },
    });
    const mine = await world.identity(account(manager));
    for (const wrong of [mine, 999])
      await expect(world.folders.update(manager, folderId, { defaultIdentityId: wrong })).rejects.toMatchObject({
        code: 'invalid_request',
        details: [{ path: 'defaultIdentityId' }],
      });
    await expect(world.folders.create(user, { name: 'Own', defaultIdentityId: password })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('comes from the organization where no folder has one', async () => {
    await world.db.transaction((trx) =>
      trx.updateTable('organizations').set({ default_identity_id: key }).where('id', '=', org).execute(),
    );
    expect((await world.entries.get(user, entry)).inherited).toMatchObject({ from: 'organization', identityId: key });
  });
});
