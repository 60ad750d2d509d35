import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { temporaryDirectory, temporarySqlite } from '../../../test/temporary-sqlite.ts';
import { migrations } from './migrations/index.ts';
import { openSqlite } from './sqlite.ts';

test('refuses a second process on the same data directory, and lets go when closed', async () => {
  using directory = temporaryDirectory();
  const first = openSqlite(directory.path);

  expect(() => openSqlite(directory.path)).toThrow(/Another Gatehouse already runs on the data directory/);

  await first[Symbol.asyncDispose]();
  await openSqlite(directory.path)[Symbol.asyncDispose]();
});

test('keeps its files from other users, even where they were open before', async () => {
  using directory = temporaryDirectory();
  const before = process.umask(0o000);
  try {
    await using db = openSqlite(directory.path);
    await db.migrate();
    const file = join(directory.path, 'gatehouse.db');
    chmodSync(file, 0o666);
  } finally {
    process.umask(before);
  }

  await using again = openSqlite(directory.path);
  await again.migrate();
  for (const name of readdirSync(directory.path))
    expect([name, statSync(join(directory.path, name)).mode & 0o077]).toEqual([name, 0]);
});

test('numbers its migrations without a gap', () => {
  const numbers = Object.keys(migrations).map((name) => Number(/^(\d{3})-[a-z-]+$/.exec(name)?.[1]));

  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('refuses a database that a newer version wrote, and names what it has', async () => {
  await using temporary = await temporarySqlite();
  const { db } = temporary;
  await db.transaction((trx) =>
    sql`insert into kysely_migration (name, timestamp) values ('999-from-the-future', '2099')`.execute(trx),
  );

  await expect(db.migrate()).rejects.toThrow(/newer Gatehouse \(it has 999-from-the-future\)/);
});

test('never uses an id again', async () => {
  await using temporary = await temporarySqlite();
  const { db } = temporary;
  const now = new Date().toISOString();
  const add = () =>
    db.transaction((trx) =>
      trx
        .insertInto('organizations')
        .values({ name: 'one', created_at: now, updated_at: now })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
  const first = await add();
  await db.transaction((trx) => trx.deleteFrom('organizations').execute());

  const second = await add();

  expect(second.id).toBeGreaterThan(first.id);
});
