import type { Db } from '../kernel/db/database.ts';
import type { Slot } from './slot.ts';

/** One sealed secret of the database, and its slot. */
export interface SealedRow {
  readonly slot: Slot;
  readonly frame: Buffer;
}

/**
 * The sealed secrets of one table, described by the part of the program that owns the table. Work on every secret, such as verification, goes through
 * the registry of these, so that no table is forgotten.
 */
export interface SealedRows {
  /** The name of these rows in a report: `identity`. */
  readonly name: string;
  /** All of them in a stable order, by page; each page is one statement, so that its rows are consistent. */
  each(db: Db): AsyncIterable<readonly SealedRow[]>;
  /** Set if the audit log records which version of each secret was written last. */
  readonly recorded?: RecordedRows;
}

/** Rows whose changes are in the audit log, with `secretVersions` in the details (docs/formats/audit.md). */
export interface RecordedRows {
  /** The resource of these audit entries. */
  readonly resource: string;
  /** The secrets of these rows, some hundreds at most. */
  find(db: Db, rowIds: readonly number[]): Promise<readonly SealedRow[]>;
  /** Which of these rows exist, whether they have a secret or not. */
  existing(db: Db, rowIds: readonly number[]): Promise<ReadonlySet<number>>;
}
