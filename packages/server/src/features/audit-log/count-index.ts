import type { Db } from '../../kernel/db/database.ts';
import { countPartition, type Range } from './repository.ts';
import type { Selection } from './selection.ts';
import { adaptiveRanges } from './seq-ranges.ts';

const maxRemembered = 1_000;
/** Neighbouring segments shorter than this together are merged, so that the index does not grow with each update. */
const joinedLength = 5_000;

/** A range of entries, and how many of them match the selection. */
export interface Segment extends Range {
  readonly count: number;
}

/** How many entries match a selection, and in which parts of the log. */
export interface CountIndex {
  readonly upTo: number;
  readonly total: number;
  /** Oldest first, without gaps from the first entry to `upTo`. */
  readonly segments: readonly Segment[];
}

const nothing: CountIndex = { upTo: 0, total: 0, segments: [] };

/**
 * Counts matches of selections and caches the result. The log only grows, so counts stay valid and only new entries are counted. A page of rare
 * entries reads only the segments that contain some.
 */
export function createCountIndexes(db: Db) {
  const remembered = new Map<string, CountIndex>();
  return {
    /** Covers entries up to `head`, or further if the log was counted again meanwhile. */
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
