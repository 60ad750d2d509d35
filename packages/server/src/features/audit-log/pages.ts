import type { Db } from '../../kernel/db/database.ts';
import { countSlice, readSlice, type AuditRow, type Order, type Range } from './repository.ts';
import type { Selection } from './selection.ts';
import { stretches } from './stretches.ts';

/** The first `limit` entries of a selection within a range. What is added to the log meanwhile lies beyond the range and changes nothing. */
export async function readPage(
  db: Db,
  selection: Selection,
  { range, order, limit }: { readonly range: Range; readonly order: Order; readonly limit: number },
): Promise<AuditRow[]> {
  const page: AuditRow[] = [];
  const direction = order === 'newest-first' ? -1 : 1;
  for await (const stretch of stretches(range, order)) {
    const found: AuditRow[] = [];
    for (const slice of selection.slices)
      found.push(
        ...(await readSlice(
          db,
          { slice, conditions: selection.conditions, range: stretch },
          order,
          limit - page.length,
        )),
      );
    found.sort((a, b) => direction * (a.seq - b.seq));
    page.push(...found.slice(0, limit - page.length));
    if (page.length === limit) break;
  }
  return page;
}

/** How many entries of a selection lie within a range. */
export async function countIn(db: Db, { slices, conditions }: Selection, range: Range): Promise<number> {
  let count = 0;
  for await (const stretch of stretches(range, 'newest-first'))
    for (const slice of slices) count += await countSlice(db, { slice, conditions, range: stretch });
  return count;
}
