import { rmSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/** Where to write and for how long. */
export interface CommitOptions {
  readonly directory: string;
  readonly seconds: number;
}

export interface CommitReport {
  readonly commits: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** About as long as a row of the audit log. */
const rowText = 'x'.repeat(300);
/** The clock is read after this many commits. */
const commitsPerLook = 20;

process.on('message', (order: CommitOptions) => process.send?.(commitRows(order)));

/** Commits one row at a time, with the durability of the product: WAL, a full sync for each commit. */
function commitRows({ directory, seconds }: CommitOptions): CommitReport {
  const file = join(directory, 'commits.db');
  const database = new SqliteDatabase(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('create table if not exists entries (id integer primary key, content text not null)');
    const insert = database.prepare('insert into entries (content) values (?)');
    const cpuBefore = process.cpuUsage();
    const startedMs = performance.now();
    let commits = 0;
    while (performance.now() - startedMs < seconds * 1000) {
      for (let count = 0; count < commitsPerLook; count++) insert.run(rowText);
      commits += commitsPerLook;
    }
    const { user, system } = process.cpuUsage(cpuBefore);
    return { commits, seconds: (performance.now() - startedMs) / 1000, cpuSeconds: (user + system) / 1e6 };
  } finally {
    database.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}
