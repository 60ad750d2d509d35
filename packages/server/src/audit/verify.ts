import type { Db } from '../kernel/db/database.ts';
import { verifyChain, type Checkpoint } from './chain.ts';
import type { StoredNote } from './checkpoint-file.ts';
import { findHead } from './record.ts';

/**
 * What comparing the log with the file of checkpoints came to: all `match`, some is a `mismatch` with the log, some are `forged` (not signed with
 * the key of this installation), or there were `none`, so that a log that was cut off or replaced as a whole looks whole.
 */
export type Comparison = 'match' | 'mismatch' | 'forged' | 'none';

/** What `verifyLog` found. */
export interface LogReport {
  /** The chain is whole, and there were checkpoints, which all match. */
  readonly ok: boolean;
  /** How many entries from the first one on are in order. */
  readonly entries: number;
  /** The number of the first entry that is missing or not what was recorded; null where the chain is whole. */
  readonly firstBad: number | null;
  /** One sentence; null when `ok`. */
  readonly problem: string | null;
  readonly checkpoints: {
    readonly comparison: Comparison;
    /** How many were signed with the key of this installation, and by how many entries the longest of them vouches for. */
    readonly compared: number;
    readonly newest: number;
    readonly forged: number;
  };
}

/** Verifies the chain and compares it with the kept notes. Only reads. Rejects with the signal's reason when aborted. */
export async function verifyLog(db: Db, notes: AsyncIterable<StoredNote>, signal?: AbortSignal): Promise<LogReport> {
  const count = { compared: 0, newest: 0, forged: 0 };
  // The first page of the chain is read later than this: what comes meanwhile needs no checkpoint.
  const isEmpty = (await findHead(db)) === undefined;
  const chain = await verifyChain(db, {
    checkpoints: signedOnly(notes, count),
    ...(signal === undefined ? {} : { signal }),
  });
  const comparison = comparisonOf(chain.ok, count, isEmpty);
  const checkpoints = { comparison, ...count };
  if (!chain.ok) return { ...chain, checkpoints };
  const problem = problems[comparison];
  return { ok: problem === null, entries: chain.entries, firstBad: null, problem, checkpoints };
}

const problems: Readonly<Record<Comparison, string | null>> = {
  match: null,
  // Said by the chain's own sentence.
  mismatch: null,
  forged: 'The checkpoint file holds notes that this installation did not sign.',
  none: 'There are no checkpoints to compare the log with, so entries at its end may be missing.',
};

async function* signedOnly(
  notes: AsyncIterable<StoredNote>,
  count: { compared: number; newest: number; forged: number },
): AsyncGenerator<Checkpoint> {
  for await (const note of notes) {
    if (note.kind === 'forged') {
      count.forged += 1;
      continue;
    }
    count.compared += 1;
    count.newest = Math.max(count.newest, note.checkpoint.size);
    yield note.checkpoint;
  }
}

function comparisonOf(
  isWhole: boolean,
  { compared, forged }: { compared: number; forged: number },
  isEmpty: boolean,
): Comparison {
  if (forged > 0) return 'forged';
  if (compared === 0) return isEmpty ? 'match' : 'none';
  return isWhole ? 'match' : 'mismatch';
}
