import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

export async function temporarySqlite(): Promise<TemporaryDatabase> {
  const directory = temporaryDirectory();
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
