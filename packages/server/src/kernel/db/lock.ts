import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/**
 * Takes the data directory for this process; returns what gives it back. The lock is the operating system's, held through SQLite, so it ends
 * with the process however it dies.
 */
export function lockDataDirectory(dataDir: string): () => void {
  const lock = new SqliteDatabase(join(dataDir, 'gatehouse.lock'), { timeout: 0 });
  try {
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
