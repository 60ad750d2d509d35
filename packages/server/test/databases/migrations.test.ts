import { sql } from 'kysely';
import type { ServerChannel } from 'ssh2';
import { describe, expect, test } from 'vitest';
import { verifyChain } from '../../src/audit/chain.ts';
import { startGatehouse } from '../../src/compose/gatehouse.ts';
import { readConfig } from '../../src/config.ts';
import type { Database, Trx } from '../../src/kernel/db/database.ts';
import { openPostgres } from '../../src/kernel/db/postgres.ts';
import { openSqlite } from '../../src/kernel/db/sqlite.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { engines, password } from '../harness/gatehouse.ts';
import { startHostile } from '../ssh-servers/hostile.ts';
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

/** Signs in as the owner of the old data. */
async function signInOld(url: string) {
  const send = async (method: string, path: string, body: unknown, token?: string): Promise<unknown> => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  const login = await send('POST', '/api/auth/login', { username: 'olga', password });
  const { token } = login as { token: string };
  return { call: (method: string, path: string, body?: unknown) => send(method, path, body, token) };
}

/** The old servers with a user name, in a folder with `accept-new`, as an earlier version left them. */
async function leadOldServersTo(trx: Trx, port: number): Promise<void> {
  const config = { protocol: 'ssh', ip: '127.0.0.1', port, username: 'täglich "root"' };
  const binding = JSON.stringify([1, 'ssh', '127.0.0.1', port, [], []]);
  await sql`update folders set host_key_policy = 'accept-new'`.execute(trx);
  await sql`update entries set port = ${port}, config = ${JSON.stringify(config)}, confirmed_binding = ${binding}`.execute(
    trx,
  );
  await sql`update entry_identities set binding = ${binding}`.execute(trx);
}

function endAtOnce(channel: ServerChannel): void {
  channel.exit(0);
  channel.close();
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

  test('keeps what was confirmed, with the user name, and no automatic key for a policy that no account is known to have chosen', async () => {
    await using place = await emptyPlace(engine);
    await using server = await startHostile({ methods: ['password'], accept: () => true, onChannel: endAtOnce });
    {
      await using database = place.open();
      await fillAsOf001(database);
      await database.transaction((trx) => leadOldServersTo(trx, server.port));
    }
    const gatehouse = await startGatehouse(readConfig({ ...place.environment }), { logger: createLogger('silent') });
    try {
      const { call } = await signInOld(gatehouse.url);
      expect(await call('GET', '/api/entry/1')).toMatchObject({ links: [{ suspended: false }] });
      expect(await call('POST', '/api/connection/1/exec', { command: 'true' })).toMatchObject({
        error: 'link_suspended',
      });
      expect(server.attempts.map(({ method }) => method)).not.toContain('password');
      await call('POST', '/api/entry/1/identities/2/confirm', {});
      expect(await call('POST', '/api/connection/1/exec', { command: 'true' })).toMatchObject({ exitCode: 0 });
      expect(server.attempts.at(-1)).toMatchObject({ method: 'password', username: 'täglich "root"' });
    } finally {
      await gatehouse.close();
    }
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
      const storedAt = rowsOf001['identities']?.[1]?.['created_at'];
      const { call } = await signInOld(gatehouse.url);
      expect(await call('GET', '/api/identity/list')).toMatchObject([
        { name: 'Deploy Key', username: 'deploy', hasPassword: true, organizationId: null },
        { name: 'Shared', username: 'root', hasPassword: true, organizationId: 1, passwordSetAt: storedAt },
      ]);
      expect(await call('GET', '/api/entry/list?flat=true')).toMatchObject({
        entries: [{ name: 'db1', identities: [2] }, { name: 'own server' }],
      });
      const added = { name: 'db2', folderId: 1, config: { ip: '127.0.0.1', port: 1 } };
      expect(await call('PUT', '/api/entry', added)).toMatchObject({ id: 3 });
      const rename = { name: 'Deploy Key 2', password: 'a new stored password' };
      expect(await call('PATCH', '/api/identity/1', rename)).toHaveProperty('message');
    } finally {
      await gatehouse.close();
    }
  });
});
