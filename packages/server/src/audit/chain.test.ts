import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import { verifyChain, type Checkpoint } from './chain.ts';
import { entryHash } from './entry-hash.ts';
import { systemActor } from './actor.ts';
import { record, type AuditEvent } from './record.ts';

let temporary: TemporaryDatabase;

beforeEach(async () => {
  temporary = await temporarySqlite();
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

const update = (id: number): AuditEvent<'identity.update', 'ok'> => ({
  actor: systemActor,
  action: 'identity.update',
  resource: 'identity',
  resourceId: id,
  resourceName: `identity ${id}`,
  organizationId: null,
  outcome: 'ok',
  details: { fields: ['password'], secretVersions: {} },
});

async function recordEntries(count: number): Promise<void> {
  await temporary.db.transaction(async (trx) => {
    for (let entry = 1; entry <= count; entry++) await record(trx, update(entry), '2026-01-15T12:00:00.000Z');
  });
}

const read = () => temporary.db.read.selectFrom('audit_log').selectAll().orderBy('seq').execute();

async function checkpointAt(size: number): Promise<Checkpoint> {
  const where = temporary.db.read.selectFrom('audit_log').select('hash').where('seq', '=', size);
  return { size, hash: (await where.executeTakeFirstOrThrow()).hash };
}

/** As an attacker who has the database file: the triggers do not stop them. */
async function tamper(statement: string): Promise<void> {
  await temporary.db.transaction(async (trx) => {
    for (const verb of ['update', 'delete']) await sql.raw(`drop trigger if exists audit_log_no_${verb}`).execute(trx);
    await sql.raw(statement).execute(trx);
  });
}

/** As an attacker who knows the format of the chain: changes an entry and recomputes all later hashes. */
async function rewriteFrom(seq: number): Promise<void> {
  const rows = await read();
  let previous = rows[seq - 2]?.hash ?? Buffer.alloc(32);
  await tamper(`delete from audit_log where seq >= ${seq}`);
  await temporary.db.transaction(async (trx) => {
    for (const row of rows.slice(seq - 1)) {
      const forged = { ...row, actor: 'nobody', prev_hash: previous };
      previous = entryHash(forged);
      await trx
        .insertInto('audit_log')
        .values({ ...forged, hash: previous })
        .execute();
    }
  });
}

describe('verifying the chain', () => {
  it('finds an empty log and a log of several pages in order', async () => {
    expect(await verifyChain(temporary.db.read)).toEqual({ ok: true, entries: 0 });
    await recordEntries(2_500);
    const checkpoints = [await checkpointAt(1), await checkpointAt(2_500)];
    expect(await verifyChain(temporary.db.read, { checkpoints })).toEqual({ ok: true, entries: 2_500 });
  });

  it.each([
    ['an edited actor', "update audit_log set actor = 'nobody' where seq = 5", 5],
    ['an edited outcome', "update audit_log set outcome = 'denied' where seq = 5", 5],
    ['a null in place of an empty text', "update audit_log set ip_address = '' where seq = 5", 5],
    [
      'a text that moved to the next column',
      "update audit_log set action = '', resource = action || resource where seq = 5",
      5,
    ],
    ['a column of another type', "update audit_log set details = x'00' where seq = 5", 5],
    ['an edited hash', 'update audit_log set hash = zeroblob(32) where seq = 5', 5],
    ['a deleted entry', 'delete from audit_log where seq = 5', 5],
    ['a deleted beginning', 'delete from audit_log where seq <= 3', 1],
    [
      'an entry before the first',
      `insert into audit_log select 0, timestamp, account_id, actor, via, ip_address, user_agent, organization_id, action, resource, resource_id, resource_name, outcome, details, prev_hash, hash from audit_log where seq = 1`,
      1,
    ],
    [
      'an entry after the last',
      `insert into audit_log select 11, timestamp, account_id, actor, via, ip_address, user_agent, organization_id, action, resource, resource_id, resource_name, outcome, details, prev_hash, hash from audit_log where seq = 10`,
      11,
    ],
  ])('names the first bad entry: %s', async (_what, statement, firstBad) => {
    await recordEntries(10);
    await tamper(statement);
    expect(await verifyChain(temporary.db.read)).toMatchObject({ ok: false, entries: firstBad - 1, firstBad });
  });

  it('names the first of two entries that changed places', async () => {
    await recordEntries(10);
    await tamper('update audit_log set seq = 100 where seq = 5');
    await tamper('update audit_log set seq = 5 where seq = 6');
    await tamper('update audit_log set seq = 6 where seq = 100');
    expect(await verifyChain(temporary.db.read)).toMatchObject({ ok: false, firstBad: 5 });
  });

  it('names the entry where an inserted one breaks the chain', async () => {
    await recordEntries(10);
    await tamper('update audit_log set seq = -seq where seq >= 5');
    await tamper('update audit_log set seq = 1 - seq where seq < 0');
    await recordForged(5);
    expect(await verifyChain(temporary.db.read)).toMatchObject({ ok: false, firstBad: 6 });

    /** An entry that continues the one before it, as the program would have written it. */
    async function recordForged(seq: number): Promise<void> {
      const [before] = (await read()).slice(seq - 2);
      if (before === undefined) throw new Error('there is no entry before it');
      const forged = { ...before, seq, prev_hash: before.hash };
      const row = { ...forged, hash: entryHash(forged) };
      await temporary.db.transaction((trx) => trx.insertInto('audit_log').values(row).execute());
    }
  });

  it('finds a tail that was cut off, by a checkpoint', async () => {
    await recordEntries(10);
    const checkpoints = [await checkpointAt(4), await checkpointAt(10)];
    await tamper('delete from audit_log where seq > 7');
    expect(await verifyChain(temporary.db.read)).toMatchObject({ ok: true, entries: 7 });
    expect(await verifyChain(temporary.db.read, { checkpoints })).toMatchObject({ ok: false, entries: 7, firstBad: 8 });
  });

  it('finds a log that was put back and went on from there, by a checkpoint', async () => {
    await recordEntries(10);
    const checkpoints = [await checkpointAt(4), await checkpointAt(10)];
    await tamper('delete from audit_log where seq > 7');
    await recordEntries(20);
    expect(await verifyChain(temporary.db.read)).toMatchObject({ ok: true });
    expect(await verifyChain(temporary.db.read, { checkpoints })).toMatchObject({ ok: false, entries: 4, firstBad: 5 });
  });

  it('finds a log that was wholly made anew, by a checkpoint', async () => {
    await recordEntries(10);
    const checkpoints = [await checkpointAt(2), await checkpointAt(8)];
    await rewriteFrom(3);
    expect(await verifyChain(temporary.db.read)).toMatchObject({ ok: true });
    expect(await verifyChain(temporary.db.read, { checkpoints })).toMatchObject({ ok: false, entries: 2, firstBad: 3 });
  });

  it('names the earlier of a broken link and a checkpoint that does not fit', async () => {
    await recordEntries(10);
    const checkpoints = [await checkpointAt(10)];
    await tamper('delete from audit_log where seq in (3, 9, 10)');
    expect(await verifyChain(temporary.db.read, { checkpoints })).toMatchObject({ ok: false, firstBad: 3 });
  });

  it('stops when it is told to', async () => {
    await recordEntries(10);
    await expect(verifyChain(temporary.db.read, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  // The aim is 50 ms on an idle machine. In one piece, the walk takes longer than the bound.
  it('does not hold up the event loop', { timeout: 60_000 }, async () => {
    for (let batch = 0; batch < 20; batch++) await recordEntries(1_500);
    let longestMs = 0;
    let ended = false;
    const watch = async () => {
      while (!ended) {
        // Processor time and not the clock's: other tests use the machine too.
        const before = process.cpuUsage();
        await setImmediate();
        const { user, system } = process.cpuUsage(before);
        longestMs = Math.max(longestMs, (user + system) / 1_000);
      }
    };
    const watching = watch();
    expect(await verifyChain(temporary.db.read)).toEqual({ ok: true, entries: 30_000 });
    ended = true;
    await watching;
    expect(longestMs).toBeLessThan(250);
  });
});
