import type { MessageRows } from './row.ts';

/** What verifying the audit log found. */
export const audit = {
  entry_missing: { en: 'Entry {{seq}} is missing.', params: { seq: 'number' } },
  entry_out_of_place: {
    en: 'Entry {{other}} stands before entry {{seq}}.',
    params: { seq: 'number', other: 'number' },
  },
  entry_unconnected: { en: 'Entry {{seq}} does not continue the entry before it.', params: { seq: 'number' } },
  entry_changed: { en: 'Entry {{seq}} was changed.', params: { seq: 'number' } },
  entries_replaced: {
    en: 'Entries from {{from}} to {{to}} are not those of the checkpoint at {{size}}.',
    params: { from: 'number', to: 'number', size: 'number' },
  },
  entries_cut_off: {
    en: 'A checkpoint covers {{size}} entries, but the log ends at {{head}}.',
    params: { size: 'number', head: 'number' },
  },
  checkpoints_missing: {
    en: 'There are no checkpoints to compare the log with, so entries at its end may be missing.',
  },
  checkpoints_forged: { en: 'The checkpoint file contains notes that this installation did not sign.' },
} as const satisfies MessageRows;
