import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { temporarySqlite } from '../../../test/temporary-sqlite.ts';
import type { Trx } from './database.ts';
import { GroupCommit } from './group-commit.ts';

function addOrganization(trx: Trx, name: string): Promise<unknown> {
  const now = new Date().toISOString();
  return trx.insertInto('organizations').values({ name, created_at: now, updated_at: now }).execute();
}

/** A database in memory that counts its commits. */
function openMemory() {
  const connection = new SqliteDatabase(':memory:');
  const counted = Object.assign(connection, {
    committed: 0,
    exec: (text: string) => {
      if (text === 'commit') counted.committed += 1;
      return SqliteDatabase.prototype.exec.call(connection, text);
    },
    [Symbol.dispose]: () => void connection.close(),
  });
  return counted;
}

describe('transactions that wait at the same time', () => {
  test('are all done when each of them resolves', async () => {
    await using temporary = await temporarySqlite();
    const { db } = temporary;

    const counts = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        await db.transaction((trx) => addOrganization(trx, `org ${index}`));
        const rows = await db.read.selectFrom('organizations').select('name').execute();
        return rows.some(({ name }) => name === `org ${index}`);
      }),
    );

    expect(counts.every((seen) => seen)).toBe(true);
  });

  test('share a commit though each comes in a callback of its own, as requests do', async () => {
    using connection = openMemory();
    const commits = new GroupCommit(connection);

    await Promise.all(
      Array.from(
        { length: 10 },
        () =>
          new Promise<void>((resolve, reject) => {
            setTimeout(() => {
              commits.run(() => Promise.resolve()).then(resolve, reject);
            });
          }),
      ),
    );

    expect(connection.committed).toBeLessThan(5);
  });

  test('take nothing else with them when one fails', async () => {
    await using temporary = await temporarySqlite();
    const { db } = temporary;

    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        db.transaction(async (trx) => {
          await addOrganization(trx, `org ${index}`);
          if (index % 5 === 0) throw new Error(`refused ${index}`);
        }),
      ),
    );

    const rows = await db.read.selectFrom('organizations').select('name').execute();
    expect(rows).toHaveLength(40);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(rows.map(({ name }) => name)).not.toContain('org 10');
  });

  test('run one after the other, so that each sees what those before it did', async () => {
    await using temporary = await temporarySqlite();
    const { db } = temporary;

    await Promise.all(
      Array.from({ length: 40 }, () =>
        db.transaction(async (trx) => {
          const before = await trx.selectFrom('organizations').select('id').execute();
          await addOrganization(trx, `number ${before.length}`);
        }),
      ),
    );

    const rows = await db.read.selectFrom('organizations').select('name').orderBy('id').execute();
    expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 40 }, (_, index) => `number ${index}`));
  });

  test('all fail when their common commit does', async () => {
    await using temporary = await temporarySqlite();
    const { db } = temporary;
    // A deferred foreign key is checked by the commit alone.
    await db.transaction((trx) => sql`create table later (id integer references accounts (id))`.execute(trx));

    const innocent = db.transaction((trx) => addOrganization(trx, 'innocent'));
    const guilty = db.transaction(async (trx) => {
      await sql`pragma defer_foreign_keys = on`.execute(trx);
      await sql`insert into later values (12345)`.execute(trx);
    });

    await expect(innocent).rejects.toThrow('FOREIGN KEY');
    await expect(guilty).rejects.toThrow('FOREIGN KEY');
    expect(await db.read.selectFrom('organizations').select('name').execute()).toEqual([]);
    await db.transaction((trx) => addOrganization(trx, 'afterwards'));
  });
});
