import { exportLine } from '../../audit/export-line.ts';
import type { Db } from '../../kernel/db/database.ts';
import { readAll } from './pages.ts';
import type { Selection } from './selection.ts';

/** A selection as JSON lines, oldest first, up to and including the entry `head`; each yield contains complete lines. */
export async function* exportLines(db: Db, selection: Selection, head: number): AsyncGenerator<string> {
  for await (const rows of readAll(db, selection, head)) yield rows.map((row) => `${exportLine(row)}\n`).join('');
}
