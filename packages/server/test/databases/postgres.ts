import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { icuOrder, migrated } from './postgres-template.ts';
import './postgres-setup.ts';

const connectTimeoutMs = 10_000;

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
  await administer(`CREATE DATABASE ${name} ${options}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = name;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: inject('postgresUrl'),
    connectionTimeoutMillis: connectTimeoutMs,
  });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
