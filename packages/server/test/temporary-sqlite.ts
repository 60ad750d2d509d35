import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import './databases/sqlite-setup.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { openSqlite } from '../src/kernel/db/sqlite.ts';

/** A directory that is deleted with what uses it. */
export interface TemporaryDirectory extends Disposable {
  readonly path: string;
}

/** A migrated SQLite database in a directory of its own; disposing closes and deletes it. */
export interface TemporaryDatabase extends AsyncDisposable {
  readonly db: Database;
  readonly dataDir: string;
}

export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  return {
    path,
    [Symbol.dispose]: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/**
 * Puts a migrated database into an empty data directory: migrating anew in each test is most of what the start of a server costs. Outside of a
 * test run there is none to copy, and the server migrates its own.
 */
export function copyMigratedSqlite(dataDir: string): void {
  const template = process.env['VITEST'] === undefined ? undefined : inject('sqliteTemplate');
  if (template !== undefined) copyFileSync(template, join(dataDir, 'gatehouse.db'));
}

export async function temporarySqlite(): Promise<TemporaryDatabase> {
  const directory = temporaryDirectory();
  copyMigratedSqlite(directory.path);
  const db = openSqlite(directory.path);
  await db.migrate();
  return {
    db,
    dataDir: directory.path,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
}
