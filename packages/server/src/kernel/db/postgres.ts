import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { readingAlone, type Database, type Trx } from './database.ts';
import { migrateToLatest } from './migrate.ts';
import type { Schema } from './schema.ts';

const connectTimeoutMs = 10_000;
const statementTimeoutMs = 30_000;
const maxConnections = 10;
/** Any fixed number; all Gatehouse writers of one database take the same. */
const writerLock = 6_989_000_001;

/** Opens a pool on a PostgreSQL database; connects with the first query. */
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
  const pool = openPool(url, () => undefined);
  // Not a parameter of the connection: poolers refuse those that they do not know. It is sent before the first query.
  pool.on('connect', (client) => {
    client.query('set default_transaction_read_only = on').catch(() => undefined);
  });
  const read = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { engine: 'postgres', read, ...readingAlone, [Symbol.asyncDispose]: () => read.destroy() };
}

function openPool(url: string, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
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
