import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from './postgres.ts';

test('gives each test an empty database of a PostgreSQL 18 server', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  onTestFinished(async () => {
    await Promise.all([one.drop(), other.drop()]);
  });

  await query(one.url, 'CREATE TABLE note (id integer)');

  expect(await query(one.url, 'SELECT * FROM note')).toEqual([]);
  await expect(query(other.url, 'SELECT * FROM note')).rejects.toThrow('does not exist');
  expect(JSON.stringify(await query(one.url, 'SHOW server_version'))).toContain('"server_version":"18.');
});

test('drops a database that still has a connection', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  const ended = new Promise((resolve) => client.on('error', resolve));
  await client.connect();

  await database.drop();

  await ended;
  await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}
