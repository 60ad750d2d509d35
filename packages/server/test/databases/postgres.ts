import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { icuOrder, migrated } from './postgres-template.ts';
import './postgres-setup.ts';

const connectTimeoutMs = 60_000;

/** An empty database of the test run's PostgreSQL; `drop` also ends the connections that are still open. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Creates a database that no other test sees; only for tests of the project `flow`, which starts the server. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(icuOrder);
}

/** As `createTestDatabase`, with the tables of every migration and no rows. */
export function createMigratedDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${migrated}`);
}

async function create(options: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  // By files: by its log, as it does it by itself, PostgreSQL takes four times as long, and twice as long to drop it.
  await administer(`CREATE DATABASE ${name} ${options} STRATEGY FILE_COPY`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = name;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

let administration: pg.Pool | undefined;

/** Over one connection for a whole test file: to open one costs PostgreSQL more than to create a database. It keeps no process alive. */
async function administer(statement: string): Promise<void> {
  administration ??= new pg.Pool({
    connectionString: inject('postgresUrl'),
    connectionTimeoutMillis: connectTimeoutMs,
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  }).on('error', () => undefined);
  await administration.query(statement);
}
