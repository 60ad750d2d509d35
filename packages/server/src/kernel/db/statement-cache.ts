import type SqliteDatabase from 'better-sqlite3';
import type { SqliteDatabase as Connection, SqliteStatement } from 'kysely';

/** Statements differ by their text alone; lists of ids of every length make more texts than are worth keeping. */
const maxStatements = 500;

/**
 * A connection for Kysely that compiles a statement once and not at each use: compiling takes SQLite several times longer than an ordinary
 * statement takes to run.
 */
export function cacheStatements(connection: SqliteDatabase.Database): Connection {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = statements.get(sql) ?? prepare(connection, sql);
      // Last used is last in the map, so the first is the one to go.
      statements.delete(sql);
      statements.set(sql, statement);
      for (const oldest of statements.keys()) {
        if (statements.size <= maxStatements) break;
        statements.delete(oldest);
      }
      return statement;
    },
    close: () => {
      connection.close();
    },
  };
}

function prepare(connection: SqliteDatabase.Database, sql: string): SqliteStatement {
  const statement = connection.prepare(sql);
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(...parameters),
    run: (parameters) => statement.run(...parameters),
    // A stream stays open across other uses of the same text, so it has a statement of its own.
    iterate: (parameters) => connection.prepare(sql).iterate(...parameters),
  };
}
