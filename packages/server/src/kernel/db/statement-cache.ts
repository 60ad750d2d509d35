import type SqliteDatabase from 'better-sqlite3';
import type { SqliteDatabase as Connection, SqliteStatement } from 'kysely';

/** Statements differ by their text; lists of ids of every length would create too many texts to keep. */
const maxStatements = 500;

/** A connection for Kysely that compiles each statement once: compiling takes SQLite several times longer than running an ordinary statement. */
export function cacheStatements(connection: SqliteDatabase.Database): Connection {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = statements.get(sql) ?? prepare(connection, sql);
      // A map keeps the order of insertion: the first is the least recently used.
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
    // A stream stays open while the same text is used again, so it has its own statement.
    iterate: (parameters) => connection.prepare(sql).iterate(...parameters),
  };
}
