import { setImmediate } from 'node:timers/promises';
import type { Db } from '../../kernel/db/database.ts';
import { readPartition, sequenceNumbersIn, type AuditRow } from './repository.ts';
import type { Selection } from './selection.ts';
import { equalRanges } from './seq-ranges.ts';
import type { CountIndex } from './count-index.ts';

/** The newest `limit` entries of a selection, up to `newest`. New entries change nothing. */
export async function readPage(
  db: Db,
  { slices, conditions }: Selection,
  { segments }: CountIndex,
  { newest, limit }: { readonly newest: number; readonly limit: number },
): Promise<AuditRow[]> {
  const page: AuditRow[] = [];
  for (const segment of segments.toReversed()) {
    if (segment.count === 0 || segment.from > newest) continue;
    const range = { from: segment.from, to: Math.min(segment.to, newest) };
    const missing = limit - page.length;
    const found: AuditRow[] = [];
    for (const slice of slices)
      found.push(...(await readPartition(db, { slice, conditions, range }, 'newest-first', missing)));
    page.push(...found.sort((a, b) => b.seq - a.seq).slice(0, missing));
    if (page.length === limit) break;
    await setImmediate();
  }
  return page;
}

/** The sequence number of the newest entry of a selection after `offset` newer ones; 0 if there is none. */
export async function positionAt(
  db: Db,
  { slices, conditions }: Selection,
  { segments, upTo }: CountIndex,
  offset: number,
): Promise<number> {
  if (offset === 0) return upTo;
  let skipped = 0;
  for (const { from, to, count } of segments.toReversed()) {
    if (skipped + count <= offset) {
      skipped += count;
      continue;
    }
    const wanted = offset - skipped;
    const found: number[] = [];
    for (const slice of slices)
      found.push(...(await sequenceNumbersIn(db, { slice, conditions, range: { from, to } }, wanted + 1)));
    return found.sort((a, b) => b - a)[wanted] ?? 0;
  }
  return 0;
}

/** How many entries are in memory at a time while all are read. */
const entriesPerRead = 500;

/** All entries of a selection up to and including the entry `head`, oldest first. */
export async function* readAll(db: Db, { slices, conditions }: Selection, head: number): AsyncGenerator<AuditRow[]> {
  for await (const range of equalRanges({ from: 1, to: head }, entriesPerRead)) {
    const found: AuditRow[] = [];
    for (const slice of slices)
      found.push(...(await readPartition(db, { slice, conditions, range }, 'oldest-first', entriesPerRead)));
    if (found.length > 0) yield found.sort((a, b) => a.seq - b.seq);
  }
}
