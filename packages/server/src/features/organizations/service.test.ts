import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccount } from '../../../test/accounts.ts';
import { changeOn } from '../../../test/change-on.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import type { Caller } from '../../kernel/caller.ts';
import { createEvents, type Event } from '../../kernel/events.ts';
import { createSettings } from '../../kernel/settings/settings.ts';
import type { Owner } from '../../kernel/owner.ts';
import { rightsOf } from './rights-repository.ts';
import { createOrganizations, type Organizations } from './service.ts';

let temporary: TemporaryDatabase;
let organizations: Organizations;
let heard: Event[];
let shredded: Owner[];
let owner: Caller;
let member: Caller;
let stranger: Caller;
let organizationId: number;

beforeEach(async () => {
  temporary = await temporarySqlite();
  const events = createEvents();
  heard = [];
  shredded = [];
  organizations = createOrganizations({
    settings: createSettings(),
    database: temporary.db,
    change: changeOn(temporary.db, events),
    shredOwner: (_, whose) => {
      shredded.push(whose);
      return Promise.resolve();
    },
  });
  owner = await addAccount(temporary.db, 'olga');
  member = await addAccount(temporary.db, 'Mike');
  stranger = await addAccount(temporary.db, 'sam', { isAdmin: true });
  organizationId = (await organizations.create(owner, { name: 'Ops', description: 'on call' })).id;
  await join(member);
  events.subscribe((event) => heard.push(event));
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

async function join(caller: Caller): Promise<void> {
  await organizations.invite(owner, organizationId, caller.username);
  await organizations.respond(caller, organizationId, true);
}

const allow = (caller: Caller, ...granted: string[]) =>
  organizations.setPermissions(owner, organizationId, caller.accountId, {
    ...Object.fromEntries(granted.map((permission) => [permission, 'allow'])),
  });

const insertIdentity = async (whose: { account_id: number | null; organization_id: number | null }) => {
  const now = new Date().toISOString();
  const values = { ...whose, name: 'key', type: 'ssh', username: null, key_facts: null, last_used_at: null } as const;
  return temporary.db.transaction(async (trx) => {
    const { id } = await trx
      .insertInto('identities')
      .values({ ...values, created_at: now, updated_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('identity_secrets')
      .values({ identity_id: id, field: 'sshKey', version: 1, frame: Buffer.from('x') })
      .execute();
    return id;
  });
};

const insertEntry = async (
  whose: { account_id: number | null; organization_id: number | null },
  identities: number[],
) => {
  const now = new Date().toISOString();
  const server = { type: 'server', name: 'web', protocol: 'ssh', host: '192.0.2.7', port: 22, config: '{}' } as const;
  return temporary.db.transaction(async (trx) => {
    const { id } = await trx
      .insertInto('entries')
      .values({ ...whose, ...server, created_at: now, updated_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [position, identity_id] of identities.entries())
      await trx.insertInto('entry_identities').values({ entry_id: id, identity_id, position }).execute();
    return id;
  });
};

const ofOrganization = () => ({ account_id: null, organization_id: organizationId });
const of = (caller: Caller) => ({ account_id: caller.accountId, organization_id: null });
const actions = async () =>
  (await temporary.db.read.selectFrom('audit_log').select('action').orderBy('seq').execute()).map(
    ({ action }) => action,
  );

const missing = { code: 'not_found', refusal: undefined };
/** An account that exists and is no member: recorded, but not for the actor's eyes. */
const missingMember = { code: 'not_found', refusal: { resource: 'account', hidden: true, organizationId: null } };
const hidden = { code: 'not_found', refusal: { organizationId: 1, resourceName: 'Ops' } };
const refused = { code: 'forbidden', refusal: { organizationId: 1, resourceName: 'Ops' } };

describe('an organization', () => {
  it('shows its owner every permission and a member the ones in force', async () => {
    const [mine] = await organizations.list(owner);
    expect(mine).toMatchObject({ name: 'Ops', description: 'on call', role: 'owner', isOwner: true });
    expect(mine?.permissions).toContain('org.manage');
    await organizations.setPermissions(owner, organizationId, member.accountId, {
      'connect.ssh': 'deny',
      'org.audit.view': 'allow',
    });
    const seen = await organizations.get(member, organizationId);
    expect(seen).toMatchObject({ role: 'member', isOwner: false });
    expect(seen.permissions).toContain('identities.manage');
    expect(seen.permissions).toContain('org.audit.view');
    expect(seen.permissions).not.toContain('connect.ssh');
    expect(seen.permissions).not.toContain('org.manage');
  });

  it('does not exist for others: strangers, administrators, invited and removed accounts', async () => {
    await expect(organizations.get(stranger, organizationId)).rejects.toMatchObject(hidden);
    await organizations.invite(owner, organizationId, 'sam');
    await expect(organizations.get(stranger, organizationId)).rejects.toMatchObject(hidden);
    await expect(organizations.members(stranger, organizationId)).rejects.toMatchObject(hidden);
    await expect(organizations.update(stranger, organizationId, { name: 'x' })).rejects.toMatchObject(hidden);
    await expect(organizations.remove(stranger, organizationId)).rejects.toMatchObject(hidden);
    await expect(organizations.leave(stranger, organizationId)).rejects.toMatchObject(hidden);
    expect(await organizations.list(stranger)).toEqual([]);
    await organizations.removeMember(owner, organizationId, member.accountId);
    await expect(organizations.get(member, organizationId)).rejects.toMatchObject(hidden);
    await expect(organizations.get(owner, 999)).rejects.toMatchObject(missing);
  });

  it('is changed by its owner and by members with org.manage alone', async () => {
    await expect(organizations.update(member, organizationId, { name: 'Mine' })).rejects.toMatchObject(refused);
    await allow(member, 'org.manage');
    expect(await organizations.update(member, organizationId, { description: '' })).toMatchObject({
      name: 'Ops',
      description: null,
      role: 'member',
    });
    expect(await organizations.update(owner, organizationId, { name: 'Platform' })).toMatchObject({ name: 'Platform' });
  });

  it('takes a default identity of its own only, from who manages identities as well', async () => {
    const own = await insertIdentity(ofOrganization());
    const personal = await insertIdentity(of(owner));
    for (const defaultIdentityId of [personal, 999])
      await expect(organizations.update(owner, organizationId, { defaultIdentityId })).rejects.toMatchObject({
        code: 'invalid_request',
        details: [{ path: 'defaultIdentityId' }],
      });
    await organizations.setPermissions(owner, organizationId, member.accountId, {
      'org.manage': 'allow',
      'identities.manage': 'deny',
    });
    const change = { defaultIdentityId: own };
    await expect(organizations.update(member, organizationId, change)).rejects.toMatchObject(refused);
    await allow(member, 'org.manage');
    expect(await organizations.update(member, organizationId, change)).toMatchObject(change);
    await temporary.db.transaction((trx) => trx.deleteFrom('identities').where('id', '=', own).execute());
    expect(await organizations.get(owner, organizationId)).toMatchObject({ defaultIdentityId: null });
  });

  it('takes a host-key policy for its servers, from who manages them as well', async () => {
    const change = { hostKeyPolicy: 'strict' } as const;
    expect(await organizations.update(owner, organizationId, change)).toMatchObject(change);
    await organizations.setPermissions(owner, organizationId, member.accountId, {
      'org.manage': 'allow',
      'resources.manage': 'deny',
    });
    const loosened = { hostKeyPolicy: null };
    await expect(organizations.update(member, organizationId, loosened)).rejects.toMatchObject(refused);
    await allow(member, 'org.manage');
    heard.length = 0;
    expect(await organizations.update(member, organizationId, loosened)).toMatchObject(loosened);
    expect(heard).toContainEqual({ type: 'entries', owners: [{ type: 'organization', id: organizationId }] });
  });

  it('is deleted by its owner alone, with everything but the audit log', async () => {
    const shared = await insertIdentity(ofOrganization());
    const personal = await insertIdentity(of(member));
    await insertEntry(ofOrganization(), [personal, shared]);
    const elsewhere = await insertEntry(of(member), [shared, personal]);
    await organizations.update(owner, organizationId, { defaultIdentityId: shared });
    await allow(member, 'org.manage', 'org.members.manage', 'org.audit.view');
    await expect(organizations.remove(member, organizationId)).rejects.toMatchObject(refused);
    heard.length = 0;
    await organizations.remove(owner, organizationId);

    expect(shredded).toEqual([{ type: 'organization', id: organizationId }]);
    const { read } = temporary.db;
    for (const table of ['organizations', 'memberships'] as const)
      expect(await read.selectFrom(table).selectAll().execute()).toEqual([]);
    expect(await read.selectFrom('identities').select('id').execute()).toEqual([{ id: personal }]);
    expect(await read.selectFrom('identity_secrets').select('identity_id').execute()).toEqual([
      { identity_id: personal },
    ]);
    expect(await read.selectFrom('entry_identities').select(['entry_id', 'identity_id']).execute()).toEqual([
      { entry_id: elsewhere, identity_id: personal },
    ]);
    const last = await read.selectFrom('audit_log').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();
    expect(last).toMatchObject({
      action: 'organization.delete',
      organization_id: organizationId,
      resource_name: 'Ops',
    });
    expect(JSON.parse(last?.details ?? '')).toEqual({ entries: 1, folders: 0, identities: 1, members: 2 });
    expect(heard.map(({ type }) => type)).toEqual(['revoked', 'organizations', 'identities', 'entries']);
    expect(heard[0]).toEqual({ type: 'revoked', what: { kind: 'organization', organizationId } });
    await expect(organizations.get(owner, organizationId)).rejects.toMatchObject(missing);
  });
});

describe('an invitation', () => {
  it('finds the account without regard to case, once', async () => {
    await organizations.invite(owner, organizationId, 'SAM');
    await expect(organizations.invite(owner, organizationId, 'sam')).rejects.toMatchObject({ code: 'conflict' });
    await expect(organizations.invite(owner, organizationId, 'mike')).rejects.toMatchObject({ code: 'conflict' });
    expect(await organizations.members(member, organizationId)).toEqual([
      { accountId: owner.accountId, name: 'olga Example', username: 'olga', role: 'owner', status: 'active' },
      { accountId: member.accountId, name: 'Mike Example', username: 'Mike', role: 'member', status: 'active' },
      { accountId: stranger.accountId, name: 'sam Example', username: 'sam', role: 'member', status: 'pending' },
    ]);
  });

  it('leaves a trace of names that no account has', async () => {
    await expect(organizations.invite(owner, organizationId, 'nobody')).rejects.toMatchObject({
      code: 'not_found',
      refusal: { action: 'organization.invite', resource: 'account', resourceName: 'nobody', organizationId },
    });
  });

  it('is made by the owner and by members with org.members.manage alone', async () => {
    await expect(organizations.invite(member, organizationId, 'sam')).rejects.toMatchObject(refused);
    await allow(member, 'org.members.manage');
    await organizations.invite(member, organizationId, 'sam');
    const [invitation] = await organizations.invitations(stranger);
    expect(invitation).toMatchObject({
      organizationId,
      organization: { id: organizationId, name: 'Ops', description: 'on call' },
      invitedBy: { id: member.accountId, name: 'Mike Example', username: 'Mike' },
    });
  });

  it('is answered once, by whom it is for', async () => {
    await organizations.invite(owner, organizationId, 'sam');
    await expect(organizations.respond(member, organizationId, true)).rejects.toMatchObject(hidden);
    expect(await rightsOf(temporary.db.read, stranger.accountId)).toMatchObject({ organizations: new Map() });
    const answers = await Promise.allSettled([
      organizations.respond(stranger, organizationId, true),
      organizations.respond(stranger, organizationId, true),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await rightsOf(temporary.db.read, stranger.accountId)).organizations.has(organizationId)).toBe(true);
    expect(await organizations.invitations(stranger)).toEqual([]);
  });

  it('is gone when it was declined, and may be made again', async () => {
    await organizations.invite(owner, organizationId, 'sam');
    await organizations.respond(stranger, organizationId, false);
    await expect(organizations.respond(stranger, organizationId, true)).rejects.toMatchObject(hidden);
    await organizations.invite(owner, organizationId, 'sam');
    expect(await actions()).toContain('organization.invitation_decline');
  });
});

describe('a membership', () => {
  it('ends with the links of personal identities on entries of the organization, and no others', async () => {
    const personal = await insertIdentity(of(member));
    const shared = await insertIdentity(ofOrganization());
    const foreign = await insertIdentity(of(owner));
    const entry = await insertEntry(ofOrganization(), [personal, shared, foreign]);
    const own = await insertEntry(of(member), [personal]);
    heard.length = 0;
    await organizations.removeMember(owner, organizationId, member.accountId);
    const links = await temporary.db.read
      .selectFrom('entry_identities')
      .select(['entry_id', 'identity_id'])
      .orderBy('entry_id')
      .orderBy('position')
      .execute();
    expect(links).toEqual([
      { entry_id: entry, identity_id: shared },
      { entry_id: entry, identity_id: foreign },
      { entry_id: own, identity_id: personal },
    ]);
    expect(heard[0]).toEqual({
      type: 'revoked',
      what: { kind: 'membership', organizationId, accountId: member.accountId },
    });
    expect(heard).toContainEqual({
      type: 'entries',
      owners: [
        { type: 'account', id: member.accountId },
        { type: 'organization', id: organizationId },
      ],
    });
  });

  it('is ended by the owner and by members with org.members.manage, never that of the owner', async () => {
    await join(stranger);
    await expect(organizations.removeMember(member, organizationId, stranger.accountId)).rejects.toMatchObject(refused);
    await allow(member, 'org.members.manage');
    await expect(organizations.removeMember(member, organizationId, owner.accountId)).rejects.toMatchObject(refused);
    await expect(organizations.removeMember(owner, organizationId, owner.accountId)).rejects.toMatchObject(refused);
    await organizations.removeMember(member, organizationId, stranger.accountId);
    await expect(organizations.removeMember(member, organizationId, stranger.accountId)).rejects.toMatchObject(
      missingMember,
    );
  });

  it('starts anew after a new invitation: old overrides do not come back', async () => {
    await allow(member, 'org.manage', 'org.audit.view');
    await organizations.removeMember(owner, organizationId, member.accountId);
    await join(member);
    const { permissions } = await organizations.get(member, organizationId);
    expect(permissions.filter((permission) => permission.startsWith('org.'))).toEqual([]);
    await organizations.leave(member, organizationId);
    await join(member);
    const settings = await organizations.permissions(owner, organizationId, member.accountId);
    expect(new Set(Object.values(settings))).toEqual(new Set(['neutral']));
  });

  it('is left by members, not by the owner', async () => {
    await expect(organizations.leave(owner, organizationId)).rejects.toMatchObject(refused);
    await organizations.leave(member, organizationId);
    expect(await organizations.list(member)).toEqual([]);
    expect(heard[0]).toMatchObject({ type: 'revoked', what: { kind: 'membership', accountId: member.accountId } });
  });
});

describe('authority', () => {
  it('is set by the owner alone, about others', async () => {
    await allow(member, 'org.manage', 'org.members.manage');
    const settings = { 'org.audit.view': 'allow' } as const;
    const { accountId } = member;
    await expect(organizations.setPermissions(member, organizationId, accountId, settings)).rejects.toMatchObject(
      refused,
    );
    await expect(organizations.permissions(member, organizationId, accountId)).rejects.toMatchObject(refused);
    await expect(organizations.setPermissions(owner, organizationId, owner.accountId, settings)).rejects.toMatchObject(
      refused,
    );
    await expect(
      organizations.setPermissions(owner, organizationId, stranger.accountId, settings),
    ).rejects.toMatchObject(missingMember);
  });

  it('replaces the settings as a whole and ends what rests on a lost permission', async () => {
    await organizations.setPermissions(owner, organizationId, member.accountId, { 'connect.ssh': 'deny' });
    heard.length = 0;
    const answered = await organizations.setPermissions(owner, organizationId, member.accountId, {
      'org.manage': 'allow',
      'files.view': 'neutral',
    });
    expect(answered).toMatchObject({ 'org.manage': 'allow', 'connect.ssh': 'neutral', 'files.view': 'neutral' });
    expect(await organizations.permissions(owner, organizationId, member.accountId)).toEqual(answered);
    expect(heard).toContainEqual({
      type: 'revoked',
      what: { kind: 'permissions', organizationId, accountId: member.accountId },
    });
  });

  it('goes to another active member, and the old owner keeps what every member has', async () => {
    await organizations.invite(owner, organizationId, 'sam');
    for (const accountId of [stranger.accountId, owner.accountId, 999])
      await expect(organizations.handOver(owner, organizationId, accountId)).rejects.toMatchObject({
        code: 'invalid_request',
        details: [{ path: 'accountId' }],
      });
    await expect(organizations.handOver(member, organizationId, member.accountId)).rejects.toMatchObject(refused);
    await organizations.setPermissions(owner, organizationId, member.accountId, { 'connect.ssh': 'deny' });
    expect(await organizations.handOver(owner, organizationId, member.accountId)).toMatchObject({ role: 'member' });
    expect((await organizations.get(member, organizationId)).permissions).toContain('connect.ssh');
    await expect(organizations.remove(owner, organizationId)).rejects.toMatchObject(refused);
    await organizations.handOver(member, organizationId, owner.accountId);
    expect((await organizations.get(member, organizationId)).permissions).toContain('connect.ssh');
  });

  it('does not go to an account that cannot sign in', async () => {
    await temporary.db.transaction((trx) =>
      trx.updateTable('accounts').set({ disabled: 1 }).where('id', '=', member.accountId).execute(),
    );
    await expect(organizations.handOver(owner, organizationId, member.accountId)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
