import type { AuditEntry } from '@gatehouse/contract/audit';

/** A row of the list: the heading of a day, or an entry. */
export type Row = { readonly day: string } | { readonly entry: AuditEntry };

/** Entries with a heading before the first of each day; days are the reader's, as `YYYY-MM-DD`. */
export function rowsOf(entries: readonly AuditEntry[]): readonly Row[] {
  const rows: Row[] = [];
  let current = '';
  for (const entry of entries) {
    const day = dayOf(new Date(entry.timestamp));
    if (day !== current) rows.push({ day });
    current = day;
    rows.push({ entry });
  }
  return rows;
}

/** The day of a timestamp in the time zone of the reader. */
export function dayOf(moment: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}

/** "Today" or "yesterday"; undefined for any other day. */
export function nearDay(day: string, now = new Date()): 'today' | 'yesterday' | undefined {
  if (day === dayOf(now)) return 'today';
  return day === dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)) ? 'yesterday' : undefined;
}
