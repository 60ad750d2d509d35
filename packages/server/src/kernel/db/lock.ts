import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/**
 * Locks the data directory for this process; returns the function that releases it. The operating system holds the lock (through SQLite), so it ends
 * with the process in any case.
 */
export function lockDataDirectory(dataDir: string): () => void {
  const file = join(dataDir, 'gatehouse.lock');
  const lock = new SqliteDatabase(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    lock.pragma('journal_mode = MEMORY');
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    throw new Error(`Another Gatehouse already runs on the data directory ${dataDir}.`, { cause });
  }
  return () => {
    lock.close();
  };
}
