import { setImmediate } from 'node:timers/promises';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { Db } from '../kernel/db/database.ts';
import { entryHash, genesisHash, type AuditRow } from './entry-hash.ts';
import { findHead } from './record.ts';

/** The length of the log at one time and the hash of its newest entry, which covers all earlier entries. */
export interface Checkpoint {
  readonly size: number;
  readonly hash: Buffer;
}

/** The result of `verifyChain`. */
export type ChainReport =
  | { readonly ok: true; readonly entries: number }
  | {
      readonly ok: false;
      /** How many entries, from the first one, are in order. */
      readonly entries: number;
      /** The number of the first entry that is missing or differs from what was recorded. */
      readonly firstBad: number;
      readonly problem: Message;
    };

interface VerifyOptions {
  /** Checkpoints from outside the database. Without them, a log that was truncated or completely rewritten looks intact. */
  readonly checkpoints?: Iterable<Checkpoint> | AsyncIterable<Checkpoint>;
  readonly signal?: AbortSignal;
}

/** Small enough that one page does not block the event loop for long. */
const entriesPerPage = 500;
const checkpointsPerTurn = 100;

/**
 * Recomputes the whole chain and compares it with the checkpoints. Entries that are recorded meanwhile are not verified. If aborted, rejects with the
 * signal's reason.
 */
export async function verifyChain(db: Db, { checkpoints = [], signal }: VerifyOptions = {}): Promise<ChainReport> {
  const chain = await walk(db, signal);
  const kept = await compare(db, checkpoints, signal);
  if (kept.ok || (!chain.ok && chain.firstBad <= kept.firstBad)) return chain;
  return kept;
}

async function walk(db: Db, signal: AbortSignal | undefined): Promise<ChainReport> {
  const head = (await findHead(db))?.seq ?? 0;
  let last: Checkpoint = { size: 0, hash: genesisHash };
  // Includes numbers below 1, where an inserted entry could be.
  let page = await readPage(db, Number.MIN_SAFE_INTEGER, head);
  while (page.length > 0) {
    for (const row of page) {
      const problem = findProblem(row, last);
      if (problem !== undefined) return { ok: false, entries: last.size, firstBad: last.size + 1, problem };
      last = { size: row.seq, hash: row.hash };
    }
    await setImmediate(undefined, { signal });
    page = await readPage(db, last.size, head);
  }
  return { ok: true, entries: last.size };
}

function readPage(db: Db, after: number, upTo: number): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .limit(entriesPerPage)
    .execute();
}

function findProblem(row: AuditRow, last: Checkpoint): Message | undefined {
  const expected = last.size + 1;
  if (row.seq > expected) return say('entry_missing', { seq: expected });
  if (row.seq < expected) return say('entry_out_of_place', { seq: expected, other: row.seq });
  if (!Buffer.from(row.prev_hash).equals(last.hash)) return say('entry_unconnected', { seq: expected });
  if (!entryHash(row).equals(row.hash)) return say('entry_changed', { seq: expected });
  return undefined;
}

async function compare(
  db: Db,
  checkpoints: Iterable<Checkpoint> | AsyncIterable<Checkpoint>,
  signal: AbortSignal | undefined,
): Promise<ChainReport> {
  let good = 0;
  let compared = 0;
  for await (const { size, hash } of checkpoints) {
    if (++compared % checkpointsPerTurn === 0) await setImmediate(undefined, { signal });
    if (size === 0) continue;
    const row = await db.selectFrom('audit_log').select('hash').where('seq', '=', size).executeTakeFirst();
    if (row === undefined) return cutOff(db, size);
    if (!hash.equals(row.hash)) {
      const problem = say('entries_replaced', { from: good + 1, to: size, size });
      return { ok: false, entries: good, firstBad: good + 1, problem };
    }
    good = size;
  }
  return { ok: true, entries: good };
}

async function cutOff(db: Db, size: number): Promise<ChainReport> {
  const head = (await findHead(db))?.seq ?? 0;
  // `walk` reports a gap in the middle; here it is enough not to exceed the number that it finds.
  const entries = Math.min(head, size - 1);
  const problem = say('entries_cut_off', { size, head });
  return { ok: false, entries, firstBad: entries + 1, problem };
}
