import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../src/change/change.ts';
import { systemActor } from '../src/audit/actor.ts';
import type { AuditRecord } from '../src/audit/record.ts';
import type { Caller } from '../src/kernel/caller.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { openPostgres } from '../src/kernel/db/postgres.ts';
import { openSqlite } from '../src/kernel/db/sqlite.ts';
import { createEvents, type Event, type NodeEvents } from '../src/kernel/events.ts';
import { addAccount } from './accounts.ts';
import { changeOn } from './change-on.ts';
import { createMigratedDatabase } from './databases/postgres.ts';
import { engines } from './harness/gatehouse.ts';
import { copyMigratedSqlite, temporaryDirectory } from './temporary-sqlite.ts';

const now = '2026-01-15T12:00:00.000Z';

describe.each(engines)('a change on %s', (engine) => {
  let open: AsyncDisposableStack;
  let database: Database;
  let events: NodeEvents;
  let relayed: Event[];
  let heard: Event[];
  let change: Change;
  let ann: Caller;

  beforeEach(async () => {
    open = new AsyncDisposableStack();
    const directory = open.use(temporaryDirectory());
    if (engine === 'postgres') {
      const server = await createMigratedDatabase();
      open.defer(server.drop);
      database = open.use(openPostgres(server.url, () => undefined));
    } else {
      copyMigratedSqlite(directory.path);
      database = open.use(openSqlite(directory.path));
      await database.migrate();
    }
    relayed = [];
    heard = [];
    events = createEvents((event) => relayed.push(event));
    events.subscribe((event) => heard.push(event));
    change = changeOn(database, events, () => new Date(now));
    ann = await addAccount(database, 'ann');
  });

  afterEach(async () => {
    await open.disposeAsync();
  });

  const renamed = (): AuditRecord<'account.update', 'ok'> => ({
    action: 'account.update',
    resource: 'account',
    resourceId: ann.accountId,
    resourceName: ann.username,
    organizationId: null,
    outcome: 'ok',
    details: { fields: ['firstName'] },
  });
  const rename = (name: string): Promise<number> =>
    change(ann, async (unit) => {
      const change = { first_name: name, updated_at: unit.now };
      await unit.trx.updateTable('accounts').set(change).where('id', '=', ann.accountId).execute();
      unit.emit({ type: 'connections', accountIds: [ann.accountId] });
      unit.emit({ type: 'settings' });
      const seq = await unit.record(renamed());
      if (name === 'refused') throw new Error('refused');
      return seq;
    });
  const nameOf = async () =>
    (await database.read.selectFrom('accounts').select('first_name').executeTakeFirstOrThrow()).first_name;
  const auditLog = () => database.read.selectFrom('audit_log').selectAll().orderBy('seq').execute();

  it('emits its events once, in order, when every reader sees its rows', async () => {
    const seen: Promise<string>[] = [];
    events.subscribe(() => seen.push(nameOf()));
    await expect(rename('Ann')).resolves.toBe(1);
    expect(heard).toEqual([{ type: 'connections', accountIds: [ann.accountId] }, { type: 'settings' }]);
    expect(relayed).toEqual(heard);
    await expect(Promise.all(seen)).resolves.toEqual(['Ann', 'Ann']);
  });

  it('records in its transaction, as the caller and at its one moment', async () => {
    await rename('Ann');
    const [entry] = await auditLog();
    expect(entry).toMatchObject({ timestamp: now, account_id: ann.accountId, actor: 'ann', via: 'session' });
    const row = await database.read.selectFrom('accounts').select('updated_at').executeTakeFirstOrThrow();
    expect(row.updated_at).toBe(now);
  });

  it('leaves no row, no audit entry and no event if its work throws', async () => {
    await expect(rename('refused')).rejects.toThrow('refused');
    await expect(nameOf()).resolves.toBe('ann');
    await expect(auditLog()).resolves.toEqual([]);
    expect(heard).toEqual([]);
    expect(relayed).toEqual([]);
  });

  it('leaves nothing and emits nothing if the audit log cannot be written', async () => {
    await database.transaction((trx) => trx.schema.alterTable('audit_log').renameTo('audit_log_gone').execute());
    await expect(rename('Ann')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(nameOf()).resolves.toBe('ann');
    expect(heard).toEqual([]);
  });

  it('is made although a listener throws, and all others get its events', async () => {
    const early: Event[] = [];
    events = createEvents((event) => relayed.push(event));
    events.subscribe(() => {
      throw new Error('a listener failed');
    });
    events.subscribe((event) => early.push(event));
    change = changeOn(database, events, () => new Date(now));
    await expect(rename('Ann')).resolves.toBe(1);
    await expect(nameOf()).resolves.toBe('Ann');
    expect(early.map(({ type }) => type)).toEqual(['connections', 'settings']);
    expect(relayed).toEqual(early);
  });

  it('is refused inside of another one, which goes on without it', async () => {
    const outer = change(ann, async ({ trx }) => {
      await expect(rename('Inner')).rejects.toThrow('inside of another one');
      await trx.updateTable('accounts').set({ first_name: 'Outer' }).execute();
    });
    await outer;
    await expect(nameOf()).resolves.toBe('Outer');
    await expect(rename('Next')).resolves.toBe(1);
  });

  it('comes after others that are made at the same time, each with its own events', async () => {
    const outcomes = await Promise.allSettled([rename('One'), rename('refused'), rename('Two')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(heard.filter(({ type }) => type === 'settings')).toHaveLength(2);
    await expect(auditLog()).resolves.toHaveLength(2);
  });

  it('reads the rights of the caller with what it has written itself', async () => {
    const organizationIds = await change(ann, async ({ trx, readRights, now: at }) => {
      const before = await readRights();
      const { id } = await trx
        .insertInto('organizations')
        .values({ name: 'Ops', created_at: at, updated_at: at })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('memberships')
        .values({ organization_id: id, account_id: ann.accountId, role: 'owner', status: 'active', invited_at: at })
        .execute();
      return [before, await readRights()].map(({ organizations }) => organizations.size);
    });
    expect(organizationIds).toEqual([0, 1]);
  });

  it('is made by the server, which may record what others did', async () => {
    const done = renamed();
    await change.by(systemActor, async ({ record, recordAll }) => {
      await record(done);
      await record(done, { ...systemActor, name: 'bob', via: 'anonymous' });
      await recordAll([{ ...done, actor: { ...systemActor, accountId: ann.accountId, name: 'ann' } }]);
    });
    const log = await auditLog();
    expect(log.map(({ actor }) => actor)).toEqual(['system', 'bob', 'ann']);
    expect(new Set(log.map(({ timestamp }) => timestamp))).toEqual(new Set([now]));
  });
});
