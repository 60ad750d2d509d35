import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { Db } from '../kernel/db/database.ts';
import { verifyChain, type Checkpoint } from './chain.ts';
import type { StoredNote } from './checkpoint-file.ts';
import { findHead } from './record.ts';

/**
 * The result of comparing the log with the file of checkpoints: all `match`, one is a `mismatch`, some are `forged` (not signed with the key of this
 * installation), or there were `none`, so that a truncated or replaced log looks intact.
 */
export type Comparison = 'match' | 'mismatch' | 'forged' | 'none';

/** The result of `verifyLog`. */
export type LogReport = ReturnType<typeof problemFields> & {
  /** The chain is intact, and there were checkpoints, which all match. */
  readonly ok: boolean;
  /** How many entries, from the first one, are in order. */
  readonly entries: number;
  /** The number of the first entry that is missing or differs from what was recorded; null if the chain is intact. */
  readonly firstBad: number | null;
  readonly checkpoints: {
    readonly comparison: Comparison;
    /** How many are signed with the key of this installation, and how many entries the longest of them covers. */
    readonly compared: number;
    readonly newest: number;
    readonly forged: number;
  };
};

/** Verifies the chain and compares it with the stored notes. Only reads. If aborted, rejects with the signal's reason. */
export async function verifyLog(db: Db, notes: AsyncIterable<StoredNote>, signal?: AbortSignal): Promise<LogReport> {
  const count = { compared: 0, newest: 0, forged: 0 };
  // Read before the first page of the chain, so that later entries need no checkpoint.
  const isEmpty = (await findHead(db)) === undefined;
  const chain = await verifyChain(db, {
    checkpoints: signedOnly(notes, count),
    ...(signal === undefined ? {} : { signal }),
  });
  const comparison = comparisonOf(chain.ok, count, isEmpty);
  const checkpoints = { comparison, ...count };
  if (!chain.ok) return { ...chain, ...problemFields(chain.problem), checkpoints };
  const problem = problems[comparison];
  return { ok: problem === null, entries: chain.entries, firstBad: null, ...problemFields(problem), checkpoints };
}

/** The sentence with its code; a log that is in order has neither. */
function problemFields(problem: Message | null) {
  return problem === null ? { problem } : codedFields('problem', problem);
}

const problems: Readonly<Record<Comparison, Message | null>> = {
  match: null,
  // The chain reports it itself.
  mismatch: null,
  forged: say('checkpoints_forged'),
  none: say('checkpoints_missing'),
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
