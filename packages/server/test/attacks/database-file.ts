import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** The database as an attacker reaches it who can write the file but not the process. */
export interface DatabaseFile extends Disposable {
  /** The first column of all rows. */
  column(query: string, ...parameters: readonly unknown[]): unknown[];
  run(statement: string, ...parameters: readonly unknown[]): void;
  /** Every row of every table as text, by table; of the tables in `except` nothing. */
  contents(except?: readonly string[]): Record<string, string>;
}

export function openDatabaseFile(dataDir: string): DatabaseFile {
  const connection = new Sqlite(join(dataDir, 'gatehouse.db'), { timeout: 10_000 });
  connection.pragma('foreign_keys = ON');
  const column = (query: string, ...parameters: readonly unknown[]) =>
    connection
      .prepare(query)
      .pluck()
      .all(...parameters);
  return {
    column,
    run(statement, ...parameters) {
      if (parameters.length === 0) connection.exec(statement);
      else connection.prepare(statement).run(...parameters);
    },
    contents(except = []) {
      const tables = column("select name from sqlite_schema where type = 'table'").map(String);
      const kept = tables.filter((table) => !except.includes(table));
      return Object.fromEntries(
        kept.map((table) => [table, JSON.stringify(connection.prepare(`select * from "${table}"`).all())]),
      );
    },
    [Symbol.dispose]() {
      connection.close();
    },
  };
}
