import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { verifyChain } from '../../src/audit/chain.ts';
import { startGatehouse } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/kernel/db/database.ts';
import { openPostgres } from '../../src/kernel/db/postgres.ts';
import { openSqlite } from '../../src/kernel/db/sqlite.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { engines, password } from '../harness/gatehouse.ts';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { fillAsOf001, oldEncryptionKey, rowsOf001 } from './old-database.ts';
import { createTestDatabase } from './postgres.ts';

interface Place extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>;
  open(): Database;
}

async function emptyPlace(engine: Database['engine']): Promise<Place> {
  const directory = temporaryDirectory();
  const server = engine === 'postgres' ? await createTestDatabase() : undefined;
  return {
    environment: {
      PORT: '0',
      DATA_DIR: directory.path,
      ENCRYPTION_KEY: oldEncryptionKey,
      ...(server === undefined ? {} : { DATABASE_URL: server.url }),
    },
    open: () => (server === undefined ? openSqlite(directory.path) : openPostgres(server.url, () => undefined)),
    async [Symbol.asyncDispose]() {
      await server?.drop();
      directory[Symbol.dispose]();
    },
  };
}

/** Tables, columns and indexes, as the database itself describes them. */
async function schemaOf({ engine, read }: Database): Promise<unknown[]> {
  const query =
    engine === 'sqlite'
      ? sql`select name, sql from sqlite_schema order by name`
      : sql`select indexname as name, indexdef as sql from pg_indexes where schemaname = 'public'
            union all
            select table_name || '.' || column_name, data_type || is_nullable from information_schema.columns
            where table_schema = 'public' order by 1`;
  return (await query.execute(read)).rows;
}

/** How many rows each table of the old data has now. */
async function countsOf({ read }: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(rowsOf001)) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(read);
    counts[table] = Number(rows[0]?.n);
  }
  return counts;
}

describe.each(engines)('a database of the first schema on %s', (engine) => {
  test('becomes what a new one is, and keeps its rows', async () => {
    await using old = await emptyPlace(engine);
    await using upgraded = old.open();
    await fillAsOf001(upgraded);
    await upgraded.migrate();
    await using fresh = await emptyPlace(engine);
    await using made = fresh.open();
    await made.migrate();

    expect(await schemaOf(upgraded)).toEqual(await schemaOf(made));
    expect(await countsOf(upgraded)).toEqual(
      Object.fromEntries(Object.entries(rowsOf001).map(([table, rows]) => [table, rows.length])),
    );
    expect(await verifyChain(upgraded.read)).toEqual({ ok: true, entries: rowsOf001['audit_log']?.length });
  });

  test('is served: people sign in and find what is theirs', async () => {
    await using place = await emptyPlace(engine);
    {
      await using database = place.open();
      await fillAsOf001(database);
    }
    const logger = createLogger('silent');
    const gatehouse = await startGatehouse(readConfig({ ...place.environment }), { logger });
    try {
      const call = async (method: string, path: string, token?: string, body?: unknown) => {
        const answer = await fetch(gatehouse.url + path, {
          method,
          headers: {
            'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return answer.json();
      };
      const storedAt = rowsOf001['identities']?.[1]?.['created_at'];
      const login = await call('POST', '/api/auth/login', undefined, { username: 'olga', password });
      const { token } = login as { token: string };
      expect(await call('GET', '/api/identity/list', token)).toMatchObject([
        { name: 'Deploy Key', username: 'deploy', hasPassword: true, organizationId: null },
        { name: 'Shared', username: 'root', hasPassword: true, organizationId: 1, passwordSetAt: storedAt },
      ]);
      expect(await call('GET', '/api/entry/list?flat=true', token)).toMatchObject({
        entries: [{ name: 'db1', identities: [2] }, { name: 'own server' }],
      });
      const added = { name: 'db2', folderId: 1, config: { ip: '127.0.0.1', port: 1 } };
      expect(await call('PUT', '/api/entry', token, added)).toMatchObject({ id: 3 });
      const rename = { name: 'Deploy Key 2', password: 'a new stored password' };
      expect(await call('PATCH', '/api/identity/1', token, rename)).toHaveProperty('message');
    } finally {
      await gatehouse.close();
    }
  });
});
