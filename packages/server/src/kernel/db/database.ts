import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** Anything that queries run on: the reader, or an open transaction. */
export type Db = Kysely<Schema>;

declare const inTransaction: unique symbol;

/** An open transaction. Functions that must not run outside of one ask for it by this type. */
export type Trx = Db & { readonly [inTransaction]: true };

/**
 * The database. Writers come one after the other on both engines, so that a transaction sees every write before it and the audit log is one
 * chain (docs/decisions/0003-one-writer.md); readers never wait for them.
 */
export interface Database extends AsyncDisposable {
  readonly engine: Engine;
  /** Committed rows only. A write that was acknowledged before a read began is in that read. */
  readonly read: Db;
  /**
   * Runs `work` in one transaction and resolves after its commit is durable. If `work` throws, nothing of it stays and the error comes
   * back as it is. `work` awaits nothing but queries: every other writer waits for it.
   */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** Applies what is missing of the migrations; refuses a database that is newer than this program. */
  migrate(): Promise<void>;
}

/** What a database that was opened for reading answers to everything else. */
export const readingAlone = {
  transaction: () => Promise.reject(new Error('the database was opened for reading')),
  migrate: () => Promise.reject(new Error('the database was opened for reading')),
} satisfies Pick<Database, 'transaction' | 'migrate'>;
