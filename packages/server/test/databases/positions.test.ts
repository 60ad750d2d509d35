import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { nextPosition as nextEntryPosition } from '../../src/features/inventory/entries/repository.ts';
import { nextPosition as nextFolderPosition } from '../../src/features/inventory/folders/repository.ts';
import type { Database } from '../../src/kernel/db/database.ts';
import { openPostgres } from '../../src/kernel/db/postgres.ts';
import { openSqlite } from '../../src/kernel/db/sqlite.ts';
import { engines } from '../harness/gatehouse.ts';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { createTestDatabase } from './postgres.ts';

const servers = 10_000;
const owner = { type: 'organization', id: 1 } as const;

/** One organization with a folder, and thousands of servers and folders beside it. */
async function fill(database: Database): Promise<void> {
  const numbers = sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${sql.lit(servers)})`;
  await database.transaction(async (trx) => {
    await sql`insert into organizations (name, created_at, updated_at) values ('Ops', '', '')`.execute(trx);
    await sql`insert into folders (organization_id, name, position, created_at, updated_at)
              ${numbers} select 1, 'f', i, '', '' from n`.execute(trx);
    await sql`insert into entries (organization_id, name, type, protocol, host, port, config, position, created_at, updated_at)
              ${numbers} select 1, 'e', 'server', 'ssh', 'h', 22, '{}', i, '', '' from n`.execute(trx);
  });
  if (database.engine === 'postgres') await sql`analyze`.execute(database.read);
}

/** How the database would look for the last position of a shelf; worded as the repositories do. */
async function planOf({ engine, read }: Database, table: 'entries' | 'folders', shelf: string): Promise<string> {
  const query = sql`select position from ${sql.table(table)} where organization_id = 1 and ${sql.ref(shelf)} is null
                    order by ${sql.ref(shelf)} desc, position desc limit 1`;
  const explain = engine === 'sqlite' ? sql`explain query plan ${query}` : sql`explain ${query}`;
  return JSON.stringify((await explain.execute(read)).rows);
}

test.each(engines)('on %s a place behind thousands of others is found at the end of an index', async (engine) => {
  using directory = temporaryDirectory();
  const server = engine === 'postgres' ? await createTestDatabase() : undefined;
  try {
    await using database =
      server === undefined ? openSqlite(directory.path) : openPostgres(server.url, () => undefined);
    await database.migrate();
    await fill(database);

    expect(await nextEntryPosition(database.read, { owner, folderId: null })).toBe(servers + 1024);
    expect(await nextEntryPosition(database.read, { owner, folderId: 1 })).toBe(1024);
    expect(await nextFolderPosition(database.read, owner, null)).toBe(servers + 1024);
    for (const [table, shelf] of [
      ['entries', 'folder_id'],
      ['folders', 'parent_id'],
    ] as const) {
      const plan = await planOf(database, table, shelf);
      expect(plan).toContain(`${table}_organization_position`);
      expect(plan).not.toMatch(/sort|temp b-tree|seq scan/i);
    }
  } finally {
    await server?.drop();
  }
});
