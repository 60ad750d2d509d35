import { checkpointComparisons, type AuditEntry } from '@gatehouse/contract/audit';
import { z } from 'zod';

const detailsSchema = z.object({
  entries: z.int(),
  firstBad: z.int().nullable(),
  /** Missing in entries of older versions. */
  checkpoints: z.enum(checkpointComparisons).optional().catch(undefined),
});

interface Chain {
  readonly state: 'verified' | 'broken' | 'uncompared' | 'never';
  /** The number of valid entries, counted from the first. */
  readonly count: number;
  /** The first entry that is missing or was changed; 0 where there is none. */
  readonly first: number;
}

/** The result of the last verification; undefined if there was none. */
export function chainOf(last: AuditEntry | null | undefined): Chain {
  const details = detailsSchema.safeParse(last?.details).data;
  if (last === null || last === undefined || details === undefined) return { state: 'never', count: 0, first: 0 };
  return {
    state: stateOf(last.outcome === 'ok', details),
    count: details.entries,
    first: details.firstBad ?? 0,
  };
}

/** Without checkpoints, a truncated log looks complete: that is neither verified nor broken. */
function stateOf(isFine: boolean, { firstBad, checkpoints }: z.output<typeof detailsSchema>): Chain['state'] {
  if (isFine) return 'verified';
  return firstBad === null && checkpoints === 'none' ? 'uncompared' : 'broken';
}
