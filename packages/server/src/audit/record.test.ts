import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import { record, systemActor, type AuditEvent } from './record.ts';

const event: AuditEvent = {
  actor: { accountId: 1, name: 'alice', via: 'session', ip: '192.0.2.1', userAgent: 'curl/8' },
  action: 'identity.create',
  resource: 'identity',
  resourceId: 7,
  resourceName: 'Deploy Key',
  organizationId: null,
  outcome: 'ok',
  details: { fields: ['name', 'sshKey'], secretVersions: { sshKey: 1 } },
};

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
      temporary.db.transaction((trx) => record(trx, event)),
      temporary.db.transaction(async (trx) => {
        await record(trx, event);
        throw failure;
      }),
      temporary.db.transaction(async (trx) => [await record(trx, event), await record(trx, event)]),
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
      await record(trx, event);
    });
    await expect(change).rejects.toMatchObject({ code: 'unavailable' });
    expect(await temporary.db.read.selectFrom('instance').selectAll().execute()).toEqual([]);
  });

  it('keeps details as canonical JSON', async () => {
    const details = { z: 1, a: { é: null, b: [true, 'x'] }, gone: undefined };
    await temporary.db.transaction((trx) => record(trx, { ...event, details }));
    expect((await rows())[0]?.details).toBe('{"a":{"b":[true,"x"],"é":null},"z":1}');
  });

  it('cuts what a client can make long, and keeps it storable', async () => {
    const actor = { ...systemActor, name: '\0\uD800', userAgent: '😀'.repeat(600) };
    await temporary.db.transaction((trx) => record(trx, { ...event, actor }));
    const [row] = await rows();
    expect(row?.actor).toBe('\uFFFD\uFFFD');
    expect(row?.user_agent).toBe('😀'.repeat(512));
  });

  it('cannot be changed by an ordinary statement', async () => {
    await temporary.db.transaction((trx) => record(trx, event));
    const edit = temporary.db.transaction((trx) => trx.updateTable('audit_log').set({ actor: 'mallory' }).execute());
    await expect(edit).rejects.toThrow('append-only');
    const removal = temporary.db.transaction((trx) => trx.deleteFrom('audit_log').execute());
    await expect(removal).rejects.toThrow('append-only');
  });
});
