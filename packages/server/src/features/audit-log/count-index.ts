import type { Db } from '../../kernel/db/database.ts';
import { countPartition, type Range } from './repository.ts';
import type { Selection } from './selection.ts';
import { adaptiveRanges } from './seq-ranges.ts';

const maxRemembered = 1_000;
/** Neighbours that are shorter together are kept as one, so that a survey does not grow with the number of its updates. */
const joinedLength = 5_000;

/** Neighbouring entries, and how many of them belong to the selection. */
export interface Segment extends Range {
  readonly count: number;
}

/** How many entries of a selection there are, and whereabouts in the log. */
export interface CountIndex {
  readonly upTo: number;
  readonly total: number;
  /** Oldest first, without gaps from the first entry to `upTo`. */
  readonly segments: readonly Segment[];
}

const nothing: CountIndex = { upTo: 0, total: 0, segments: [] };

/**
 * Surveys selections and remembers the result. The log only grows, so what was counted once stays right, only what came after it is counted,
 * and a page of rare entries reads nothing but the segments that hold some.
 */
export function createCountIndexes(db: Db) {
  const remembered = new Map<string, CountIndex>();
  return {
    /** Reaches up to `head`, or further where the log was surveyed again meanwhile. */
    async survey(selection: Selection, head: number): Promise<CountIndex> {
      const key = JSON.stringify(selection);
      const known = remembered.get(key) ?? nothing;
      if (known.upTo >= head) return known;
      const survey = await extend(db, selection, known, head);
      remembered.delete(key);
      remembered.set(key, survey);
      for (const oldest of remembered.keys()) {
        if (remembered.size <= maxRemembered) break;
        remembered.delete(oldest);
      }
      return survey;
    },
  };
}

async function extend(db: Db, { slices, conditions }: Selection, known: CountIndex, head: number): Promise<CountIndex> {
  const segments = [...known.segments];
  let { total } = known;
  for await (const range of adaptiveRanges({ from: known.upTo + 1, to: head })) {
    let count = 0;
    for (const slice of slices) count += await countPartition(db, { slice, conditions, range });
    total += count;
    append(segments, { ...range, count });
  }
  return { upTo: head, total, segments };
}

function append(segments: Segment[], next: Segment): void {
  const last = segments.at(-1);
  const joins = last !== undefined && ((last.count === 0 && next.count === 0) || next.to - last.from < joinedLength);
  if (joins) segments.splice(-1, 1, { from: last.from, to: next.to, count: last.count + next.count });
  else segments.push(next);
}
