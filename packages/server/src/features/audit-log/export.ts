import { exportLine } from '../../audit/export-line.ts';
import type { Db } from '../../kernel/db/database.ts';
import { readPage } from './pages.ts';
import type { Selection } from './selection.ts';

/** What is in memory of an export at a time. */
const entriesPerPage = 500;

/** A selection as JSON lines, oldest first, up to and including the entry `head`; each yield is a page of whole lines. */
export async function* exportLines(db: Db, selection: Selection, head: number): AsyncGenerator<string> {
  let from = 1;
  for (;;) {
    const page = { range: { from, to: head }, order: 'oldest-first', limit: entriesPerPage } as const;
    const rows = await readPage(db, selection, page);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => `${exportLine(row)}\n`).join('');
    from = last.seq + 1;
  }
}
