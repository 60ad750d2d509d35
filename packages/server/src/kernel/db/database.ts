import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** Anything that runs queries: the reader, or an open transaction. */
export type Db = Kysely<Schema>;

declare const inTransaction: unique symbol;

/** An open transaction. Functions that must run in one require this type. */
export type Trx = Db & { readonly [inTransaction]: true };

/**
 * The database. Writes are sequential on both engines, so that a transaction sees every earlier write and the audit log is one chain
 * (docs/decisions/0003-one-writer.md); readers never wait for them.
 */
export interface Database extends AsyncDisposable {
  readonly engine: Engine;
  /** Sees committed rows only, including every write that was acknowledged before the read began. */
  readonly read: Db;
  /**
   * Runs `work` in one transaction and resolves after its commit is durable. If `work` throws, the transaction is rolled back and the error rethrown
   * unchanged. `work` must await only queries: all other writers wait for it.
   */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** Applies the missing migrations; refuses a database that is newer than this program. */
  migrate(): Promise<void>;
}

/** How a read-only database answers all other calls. */
export const readingAlone = {
  transaction: () => Promise.reject(new Error('the database was opened for reading')),
  migrate: () => Promise.reject(new Error('the database was opened for reading')),
} satisfies Pick<Database, 'transaction' | 'migrate'>;
