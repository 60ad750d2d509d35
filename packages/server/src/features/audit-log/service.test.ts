import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addAccount } from '../../../test/accounts.ts';
import { addEntry } from '../../../test/recorded-entry.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import { anonymousActor } from '../../audit/actor.ts';
import { createCheckpoints, type Checkpoints } from '../../audit/checkpoints.ts';
import { changeOn } from '../../../test/change-on.ts';
import { refusalRecord } from '../../audit/refusal.ts';
import type { Caller } from '../../kernel/caller.ts';
import { createSettings } from '../../kernel/settings/settings.ts';
import { localKek } from '../../vault/kek/local.ts';
import { createVault } from '../../vault/vault.ts';
import { rightsOf } from '../organizations/rights-repository.ts';
import { createOrganizations, type Organizations } from '../organizations/service.ts';
import { createAuditLog, type AuditLog } from './service.ts';

let temporary: TemporaryDatabase;
let checkpoints: Checkpoints;
let organizations: Organizations;
let auditLog: AuditLog;
let owner: Caller;
let member: Caller;
let administrator: Caller;
let ops: number;

beforeEach(async () => {
  temporary = await temporarySqlite();
  const { db } = temporary;
  const vault = await createVault({ db, kek: localKek(Buffer.alloc(32, 1)) });
  const file = join(temporary.dataDir, 'checkpoints.log');
  checkpoints = createCheckpoints({ db, vault, file, onError: (error) => expect.unreachable(String(error)) });
  organizations = createOrganizations({
    settings: createSettings(),
    database: db,
    change: changeOn(db),
    shredOwner: (trx, whose) => vault.shredOwner(trx, whose),
  });
  auditLog = createAuditLog({ database: db, change: changeOn(db), rightsOf, checkpoints });
  owner = await addAccount(db, 'olga');
  member = await addAccount(db, 'mike');
  administrator = await addAccount(db, 'root', { isAdmin: true });
  ops = (await organizations.create(owner, { name: 'Ops' })).id;
  await organizations.invite(owner, ops, 'mike');
  await organizations.respond(member, ops, true);
});

afterEach(async () => {
  await checkpoints[Symbol.asyncDispose]();
  await temporary[Symbol.asyncDispose]();
});

const add = ({ accountId, username, via, client }: Caller, entry: Parameters<typeof addEntry>[1]) =>
  temporary.db.transaction((trx) =>
    addEntry(trx, {
      account_id: accountId,
      actor: username,
      via: via.type,
      user_agent: client.userAgent,
      resource_id: 7,
      ...entry,
    }),
  );

const permit = (caller: Caller, setting: 'allow' | 'neutral') =>
  organizations.setPermissions(owner, ops, caller.accountId, { 'org.audit.view': setting });

const seen = async (caller: Caller, query: Parameters<AuditLog['list']>[1] = {}) =>
  (await auditLog.list(caller, query)).logs.map(({ action, actor }) => `${actor} ${action}`);

describe('the audit log', () => {
  it('shows own actions, and those of others in an organization only with org.audit.view', async () => {
    await add(owner, { action: 'identity.use' });
    await add(member, { action: 'identity.use', organization_id: ops });
    expect(await seen(member)).toEqual(['mike identity.use', 'mike organization.invitation_accept']);
    expect(await seen(member, { organizationId: ops })).toEqual(await seen(member));
    await permit(member, 'allow');
    expect(await seen(member, { organizationId: ops })).toEqual([
      'olga organization.permissions_change',
      'mike identity.use',
      'mike organization.invitation_accept',
      'olga organization.invite',
      'olga organization.create',
    ]);
    await permit(member, 'neutral');
    expect(await seen(member)).toEqual(['mike identity.use', 'mike organization.invitation_accept']);
  });

  it('shows the owner of an organization all of it, once, and their own entries', async () => {
    await add(owner, { action: 'identity.use' });
    await add(member, { action: 'entry.update', organization_id: ops });
    await add(member, { action: 'identity.update' });
    expect(await seen(owner)).toEqual([
      'mike entry.update',
      'olga identity.use',
      'mike organization.invitation_accept',
      'olga organization.invite',
      'olga organization.create',
    ]);
    expect(await seen(owner, { organizationId: 'personal' })).toEqual(['olga identity.use']);
  });

  it('shows administrators no organization, but the entries without an account', async () => {
    await changeOn(temporary.db).by(anonymousActor(owner.client, 'mallory'), ({ record }) =>
      record({
        action: 'auth.login',
        resource: 'account',
        resourceId: null,
        resourceName: null,
        organizationId: null,
        outcome: 'failed',
        details: { reason: 'unknown-name' },
      }),
    );
    expect(await seen(administrator)).toEqual(['mallory auth.login']);
    expect(await seen(administrator, { organizationId: ops })).toEqual([]);
    expect(await seen(owner)).not.toContain('mallory auth.login');
  });

  it('keeps the actions of a former member in the organization, and nothing else of it', async () => {
    await permit(member, 'allow');
    await organizations.leave(member, ops);
    expect(await seen(member)).toEqual(['mike organization.leave', 'mike organization.invitation_accept']);
    await organizations.remove(owner, ops);
    expect(await seen(owner, { organizationId: ops })).toContain('olga organization.delete');
  });

  it('keeps attempts on what is hidden from the actor, and shows them to who may view the log of their organization', async () => {
    const attempt = (organizationId: number | null, hidden: boolean) =>
      changeOn(temporary.db)(member, ({ record }) =>
        record(
          refusalRecord({
            action: hidden ? 'entry.read' : 'entry.update',
            resource: 'entry',
            resourceId: 7,
            organizationId,
            hidden,
          }),
        ),
      );
    await attempt(ops, true);
    await attempt(null, true);
    await attempt(ops, false);
    const known = ['mike entry.update', 'mike organization.invitation_accept'];
    expect(await seen(member)).toEqual(known);
    expect(await seen(member, { organizationId: ops })).toEqual(known);
    expect(await seen(member, { organizationId: 'personal' })).toEqual([]);
    expect(await seen(owner, { action: 'entry.*' })).toEqual(['mike entry.update', 'mike entry.read']);
    await permit(member, 'allow');
    expect(await seen(member, { action: 'entry.*' })).toEqual(['mike entry.update', 'mike entry.read']);
  });

  it('filters by action with one star, taking every other character as it is', async () => {
    await add(member, { action: 'identity.credentials_access' });
    await add(member, { action: 'identity.credentialsXaccess' });
    await add(member, { action: 'identity.use' });
    expect(await seen(member, { action: 'identity.*' })).toHaveLength(3);
    expect(await seen(member, { action: '*_access' })).toEqual(['mike identity.credentials_access']);
    expect(await seen(member, { action: 'Identity.U*E' })).toEqual(['mike identity.use']);
    expect(await seen(member, { action: 'identity.use*' })).toEqual(['mike identity.use']);
    expect(await seen(member, { action: 'identity' })).toEqual([]);
    expect(await seen(member, { action: '%' })).toEqual([]);
  });

  it('finds entries by the old and the new name of a renamed action, and names the new one to filter by', async () => {
    for (const action of ['key.create', 'api-key.create', 'key.pin', 'host-key.pin', 'host-key.remove', 'key.generate'])
      await add(owner, { action });
    const found = async (action: string) =>
      (await auditLog.list(owner, { action })).logs.map((entry) => entry.action).reverse();
    const all = ['key.create', 'api-key.create', 'key.pin', 'host-key.pin', 'host-key.remove', 'key.generate'];
    expect(await found('key.*')).toEqual(all);
    expect(await found('key.pin')).toEqual(['key.pin', 'host-key.pin']);
    expect(await found('host-key.pin')).toEqual(['key.pin', 'host-key.pin']);
    expect(await found('host-key.*')).toEqual(['key.pin', 'host-key.pin', 'host-key.remove']);
    expect(await found('key.remove')).toEqual(['host-key.remove']);
    expect(await found('Api-Key.*')).toEqual(['key.create', 'api-key.create']);
    expect(await found('generated-key.create')).toEqual(['key.generate']);
    expect(await found('*.create')).toEqual(['organization.create', 'key.create', 'api-key.create', 'key.generate']);
    const { actions } = await auditLog.metadata(owner);
    expect(actions.filter(({ value }) => value.includes('key.'))).toEqual([
      { value: 'api-key.create', category: 'api-key' },
      { value: 'generated-key.create', category: 'generated-key' },
      { value: 'host-key.pin', category: 'host-key' },
      { value: 'host-key.remove', category: 'host-key' },
    ]);
  });

  it('filters by resource, by actor without regard to case, and by time', async () => {
    await add(member, { resource: 'entry', action: 'entry.update', organization_id: ops });
    const [newest] = (await auditLog.list(owner, { limit: 1 })).logs;
    const day = newest?.timestamp.slice(0, 10);
    expect(await seen(owner, { resource: 'entry' })).toEqual(['mike entry.update']);
    expect(await seen(owner, { actor: 'MIKE' })).toEqual(['mike entry.update', 'mike organization.invitation_accept']);
    expect(await seen(owner, { startDate: day, endDate: day })).toHaveLength(4);
    expect(await seen(owner, { startDate: newest?.timestamp })).toContain('mike entry.update');
    expect(await seen(owner, { endDate: '2020-01-01' })).toEqual([]);
    expect(await seen(owner, { startDate: '2999-01-01T00:00:00+02:00' })).toEqual([]);
  });

  it('pages without loss or repetition while entries are added', async () => {
    for (let count = 0; count < 25; count++) await add(member, { resource_id: count + 1 });
    const numbers: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await auditLog.list(member, { limit: 7, resource: 'identity', ...(cursor && { cursor }) });
      numbers.push(...page.logs.map(({ resourceId }) => resourceId ?? 0));
      cursor = page.nextCursor ?? undefined;
      await add(member, { resource_id: 99 });
      expect(page.total).toBe(25 + Math.ceil(numbers.length / 7) - 1);
    } while (cursor !== undefined);
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
  });

  it('counts anew what came after the last count, and forgets a right that was lost', async () => {
    await permit(member, 'allow');
    const before = await auditLog.list(member, { limit: 1 });
    await add(owner, { organization_id: ops });
    const after = await auditLog.list(member, { limit: 1 });
    expect(after.total).toBe(before.total + 1);
    await permit(member, 'neutral');
    expect((await auditLog.list(member, { limit: 1 })).total).toBe(1);
  });

  it('refuses a cursor that is none', async () => {
    for (const cursor of ['-', 'Zz', '0', 'zzzzzzzzzzzz'])
      await expect(auditLog.list(owner, { cursor })).rejects.toMatchObject({ details: [{ path: 'cursor' }] });
    expect((await auditLog.list(owner, { cursor: 'zzzzzzzzz' })).logs).toHaveLength(3);
  });

  it('names what can be filtered by, as far as the caller sees it', async () => {
    await add(owner, { action: 'identity.use' });
    expect(await auditLog.metadata(member)).toEqual({
      actions: [{ value: 'organization.invitation_accept', category: 'organization' }],
      actionCategories: [{ key: 'organization', label: 'Organizations' }],
      resources: [{ key: 'organization', value: 'organization', label: 'Organization' }],
      actors: [{ value: 'mike' }],
    });
    expect((await auditLog.metadata(owner)).actors).toEqual([{ value: 'mike' }, { value: 'olga' }]);
  });
});

describe('an export', () => {
  const lines = async (caller: Caller, filter: Parameters<AuditLog['export']>[1] = {}) =>
    (await text(await auditLog.export(caller, filter)))
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('holds what the list holds, oldest first, one line for each entry whatever it contains', async () => {
    const userAgent = 'curl\r\n{"seq":1}\u2028\u001b[2J';
    await add({ ...member, client: { ...member.client, userAgent } }, { resource_name: 'a\nb' });
    for (let count = 0; count < 600; count++) await add(member, {});
    const exported = await lines(member);
    const listed = await auditLog.list(member, { limit: 1000 });
    // The list was read after the export was recorded.
    expect(listed.logs[0]?.action).toBe('audit.export');
    expect(exported.map(({ seq }) => seq)).toEqual(
      listed.logs
        .slice(1)
        .map(({ seq }) => seq)
        .reverse(),
    );
    expect(exported[1]).toMatchObject({ userAgent, resourceName: 'a\nb' });
  });

  it('is recorded before it leaves, for every organization whose log goes with it', async () => {
    const stream = await auditLog.export(owner, { action: 'organization.*' });
    stream.destroy();
    const [entry] = (await auditLog.list(owner, { organizationId: ops, limit: 1 })).logs;
    expect(entry).toMatchObject({ action: 'audit.export', details: { filter: { action: 'organization.*' } } });
    await temporary.db.transaction(async (trx) => {
      await sql`create trigger full before insert on audit_log begin select raise(abort, 'disk full'); end`.execute(
        trx,
      );
    });
    await expect(auditLog.export(owner, {})).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('holds nothing of an organization without org.audit.view', async () => {
    await add(owner, { organization_id: ops });
    expect((await lines(member, { organizationId: ops })).map(({ actor }) => actor)).toEqual(['mike']);
  });
});

describe('verification', () => {
  it('is for administrators', async () => {
    await expect(auditLog.verify(owner)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(auditLog.checkpoint(owner)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('says that the log is whole, names the first entry that was changed, and is recorded', async () => {
    expect(await auditLog.verify(administrator)).toMatchObject({
      ok: false,
      entries: 3,
      firstBad: null,
      checkpoints: { comparison: 'none' },
    });
    // The closing of one collects what there is in the file.
    await checkpoints[Symbol.asyncDispose]();
    expect(await auditLog.verify(administrator)).toMatchObject({ ok: true, entries: 4, firstBad: null, problem: null });
    await temporary.db.transaction(async (trx) => {
      await sql`drop trigger audit_log_no_update`.execute(trx);
      await sql`update audit_log set actor = 'mallory' where seq = 2`.execute(trx);
    });
    const [report, shared] = await Promise.all([auditLog.verify(administrator), auditLog.verify(administrator)]);
    expect(report).toMatchObject({ ok: false, entries: 1, firstBad: 2 });
    expect(shared).toEqual(report);
    const [entry] = (await auditLog.list(administrator, { action: 'audit.verify' })).logs;
    expect(entry).toMatchObject({ outcome: 'failed', details: { entries: 1, firstBad: 2 } });
  });

  it('hands out a note that the key checks', async () => {
    const { note, verifierKey } = await auditLog.checkpoint(administrator);
    expect(checkpoints.open(note)).toMatchObject({ size: 3 });
    expect(verifierKey).toBe(checkpoints.verifierKey);
  });
});
