import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { readingAlone, type Database, type Trx } from './database.ts';
import { GroupCommit } from './group-commit.ts';
import { lockDataDirectory } from './lock.ts';
import { migrateToLatest } from './migrate.ts';
import type { Schema } from './schema.ts';
import { cacheStatements } from './statement-cache.ts';

const busyTimeoutMs = 5_000;

/**
 * Opens `gatehouse.db` in the data directory: WAL with a full sync at each commit, so that an acknowledged write survives a power cut. Throws if
 * another process has locked the directory.
 */
export function openSqlite(dataDir: string): Database {
  const unlock = lockDataDirectory(dataDir);
  const file = join(dataDir, 'gatehouse.db');
  const writer = connect(file);
  writer.pragma('journal_mode = WAL');
  // Reads have their own connection, so that a list never waits for a commit.
  const reader = connect(file);
  reader.pragma('query_only = 1');
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) chmodSync(file + suffix, 0o600);

  const read = new Kysely<Schema>({ dialect: new SqliteDialect({ database: cacheStatements(reader) }) });
  const write = new Kysely<Schema>({ dialect: new SqliteDialect({ database: cacheStatements(writer) }) });
  const commits = new GroupCommit(writer);
  return {
    engine: 'sqlite',
    read,
    transaction: (work) => commits.run(() => work(write as Trx)),
    migrate: () => migrateToLatest(write, 'sqlite'),
    async [Symbol.asyncDispose]() {
      await commits.idle();
      await read.destroy();
      await write.destroy();
      unlock();
    },
  };
}

/**
 * Opens a database file read-only, also while a server uses it: WAL readers do not block the writer. Throws if the file is missing. Nothing may be
 * written or migrated through it.
 */
export function openSqliteForReading(file: string): Database {
  if (!existsSync(file)) throw new Error(`There is no database ${file}.`);
  const reader = connect(file, { readonly: true });
  const read = new Kysely<Schema>({ dialect: new SqliteDialect({ database: cacheStatements(reader) }) });
  return { engine: 'sqlite', read, ...readingAlone, [Symbol.asyncDispose]: () => read.destroy() };
}

function connect(file: string, options: SqliteDatabase.Options = {}): SqliteDatabase.Database {
  const connection = new SqliteDatabase(file, { timeout: busyTimeoutMs, ...options });
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('secure_delete = ON');
  // SQLite's own `lower` converts only ASCII letters; PostgreSQL's converts all.
  connection.function('lower', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
  return connection;
}
