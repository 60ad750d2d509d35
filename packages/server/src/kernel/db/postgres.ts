import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { readingAlone, type Database, type Trx } from './database.ts';
import { migrateToLatest } from './migrate.ts';
import { postgresOptions } from './postgres-connection.ts';
import type { Schema } from './schema.ts';

const statementTimeoutMs = 30_000;
const maxConnections = 10;
/** Any fixed number; all Gatehouse writers of one database take the same. */
const writerLock = 6_989_000_001;

/** Opens a pool on a PostgreSQL database, at a URL from `settleTls`; connects with the first query. */
export function openPostgres(url: string, onIdleError: (error: Error) => void): Database {
  const pool = openPool(url, onIdleError);
  const read = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    engine: 'postgres',
    read,
    transaction: (work) =>
      read.transaction().execute(async (open) => {
        await sql`select pg_advisory_xact_lock(${writerLock})`.execute(open);
        return work(open as unknown as Trx);
      }),
    migrate: () => migrateToLatest(read, 'postgres'),
    [Symbol.asyncDispose]: () => read.destroy(),
  };
}

/** Opens a pool whose connections can only read. Nothing may be written or migrated through it. */
export function openPostgresForReading(url: string): Database {
  const pool = openPool(url, () => undefined, ['default_transaction_read_only = on']);
  const read = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { engine: 'postgres', read, ...readingAlone, [Symbol.asyncDispose]: () => read.destroy() };
}

function openPool(url: string, onIdleError: (error: Error) => void, moreSettings: readonly string[] = []): pg.Pool {
  const settings = [`statement_timeout = ${statementTimeoutMs}`, ...moreSettings];
  const pool = new pg.Pool({
    ...postgresOptions(url),
    max: maxConnections,
    // Not as parameters of the connection: poolers refuse those that they do not know. The pool waits for the result.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool awaits it; its types do not say so
    onConnect: async (client) => {
      await client.query(settings.map((setting) => `set ${setting}`).join('; '));
    },
    // int8 (ids, counts) comes as a number: ids stay below 2^53.
    types: {
      getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text' | 'binary') =>
        oid === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
    },
  });
  // Without a listener a server that restarts would end this process.
  pool.on('error', onIdleError);
  return pool;
}
