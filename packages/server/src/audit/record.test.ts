import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import type { Trx } from '../kernel/db/database.ts';
import { systemActor } from './actor.ts';
import { record, type AuditEvent } from './record.ts';

const event: AuditEvent<'identity.create', 'ok'> = {
  actor: { accountId: 1, name: 'alice', via: 'session', ip: '192.0.2.1', userAgent: 'curl/8' },
  action: 'identity.create',
  resource: 'identity',
  resourceId: 7,
  resourceName: 'Deploy Key',
  organizationId: null,
  outcome: 'ok',
  details: { fields: ['name', 'sshKey'], secretVersions: { sshKey: 1 } },
};

const now = '2026-01-15T12:00:00.000Z';

let temporary: TemporaryDatabase;

beforeEach(async () => {
  temporary = await temporarySqlite();
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

const rows = () => temporary.db.read.selectFrom('audit_log').selectAll().orderBy('seq').execute();

describe('record', () => {
  it('numbers entries without a gap, also where a transaction in between was rolled back', async () => {
    const failure = new Error('rolled back');
    const outcomes = await Promise.allSettled([
      temporary.db.transaction((trx) => record(trx, event, now)),
      temporary.db.transaction(async (trx) => {
        await record(trx, event, now);
        throw failure;
      }),
      temporary.db.transaction(async (trx) => [await record(trx, event, now), await record(trx, event, now)]),
    ]);
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: [2, 3] },
    ]);
    const [first, second, third] = await rows();
    expect(first?.prev_hash).toEqual(Buffer.alloc(32));
    expect(second?.prev_hash).toEqual(first?.hash);
    expect(third?.prev_hash).toEqual(second?.hash);
  });

  it('refuses the whole change when the log cannot be written', async () => {
    await temporary.db.transaction(async (trx) => {
      await sql`create trigger full before insert on audit_log begin select raise(abort, 'disk full'); end`.execute(
        trx,
      );
    });
    const change = temporary.db.transaction(async (trx) => {
      await trx.insertInto('instance').values({ id: 1, uuid: 'x', created_at: 'now' }).execute();
      await record(trx, event, now);
    });
    await expect(change).rejects.toMatchObject({ code: 'unavailable' });
    expect(await temporary.db.read.selectFrom('instance').selectAll().execute()).toEqual([]);
  });

  it('keeps details as canonical JSON', async () => {
    const details = { secretVersions: { é: null, b: 1 }, fields: ['x'], keyFingerprints: undefined };
    await temporary.db.transaction((trx) => record(trx, { ...event, details }, now));
    expect((await rows())[0]?.details).toBe('{"fields":["x"],"secretVersions":{"b":1,"é":null}}');
  });

  it('takes nothing that the table of actions does not have: the types refuse it, and so does the server', async () => {
    const write = (work: (trx: Trx) => Promise<unknown>) => temporary.db.transaction(work);
    const { details } = event;
    // @ts-expect-error There is no such action.
    await expect(write((trx) => record(trx, { ...event, action: 'identity.borrow' }, now))).rejects.toThrow();
    // @ts-expect-error It is about an identity.
    await expect(write((trx) => record(trx, { ...event, resource: 'entry' }, now))).rejects.toThrow();
    // @ts-expect-error It begins and ends at once.
    await expect(write((trx) => record(trx, { ...event, outcome: 'started' }, now))).rejects.toThrow();
    // @ts-expect-error A field is missing.
    await expect(write((trx) => record(trx, { ...event, details: { fields: [] } }, now))).rejects.toThrow();
    await expect(
      // @ts-expect-error A field is of another type.
      write((trx) => record(trx, { ...event, details: { ...details, fields: 'name' } }, now)),
    ).rejects.toThrow();
    await expect(
      // @ts-expect-error A field is not in the table.
      write((trx) => record(trx, { ...event, details: { ...details, password: 'x' } }, now)),
    ).rejects.toThrow();
    // What the types cannot see is found when it is written.
    const wider = { ...details, password: 'x' };
    await expect(write((trx) => record(trx, { ...event, details: wider }, now))).rejects.toThrow('password');
    expect(await rows()).toEqual([]);
  });

  it('cuts what a client can make long, and keeps it storable', async () => {
    const actor = { ...systemActor, name: '\0\uD800', userAgent: '😀'.repeat(600) };
    await temporary.db.transaction((trx) => record(trx, { ...event, actor }, now));
    const [row] = await rows();
    expect(row?.actor).toBe('\uFFFD\uFFFD');
    expect(row?.user_agent).toBe('😀'.repeat(512));
  });

  it('cannot be changed by an ordinary statement', async () => {
    await temporary.db.transaction((trx) => record(trx, event, now));
    const edit = temporary.db.transaction((trx) => trx.updateTable('audit_log').set({ actor: 'mallory' }).execute());
    await expect(edit).rejects.toThrow('append-only');
    const removal = temporary.db.transaction((trx) => trx.deleteFrom('audit_log').execute());
    await expect(removal).rejects.toThrow('append-only');
  });
});
