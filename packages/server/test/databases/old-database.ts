import { readFileSync } from 'node:fs';
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { z } from 'zod';
import type { Database, Trx } from '../../src/kernel/db/database.ts';
import { migrations } from '../../src/kernel/db/migrations/index.ts';

const valueSchema = z.union([z.string(), z.number(), z.null(), z.object({ hex: z.string() })]);
const tablesSchema = z.record(z.string(), z.array(z.record(z.string(), valueSchema)));

/** The master key of the data that `fillAsOf001` puts in. */
export const oldEncryptionKey = '0123456789abcdef'.repeat(4);

/** Every row of a server that was used while 001 was the newest migration, by table. */
export const rowsOf001 = tablesSchema.parse(
  JSON.parse(readFileSync(new URL('testdata/schema-001.json', import.meta.url), 'utf8')),
);

/** Makes an empty database into one of the first schema, with the data of an account in it. */
export async function fillAsOf001(database: Database): Promise<void> {
  const { engine } = database;
  const first: Migration = {
    up: async (open: Kysely<unknown>) => migrations['001-initial']?.up(open, engine),
  };
  await database.transaction(async (trx) => {
    const migrator = new Migrator({
      db: trx,
      provider: { getMigrations: () => Promise.resolve({ '001-initial': first }) },
    });
    const { error } = await migrator.migrateToLatest({ disableTransactions: engine === 'sqlite' });
    if (error !== undefined) throw new Error('the first schema could not be made', { cause: error });
    await insertAll(trx, engine);
  });
}

async function insertAll(trx: Trx, engine: Database['engine']): Promise<void> {
  // Tables refer to each other in circles.
  await (
    engine === 'sqlite' ? sql`pragma defer_foreign_keys = on` : sql`set local session_replication_role = replica`
  ).execute(trx);
  for (const [table, rows] of Object.entries(rowsOf001)) {
    for (const row of rows) {
      const columns = Object.keys(row).map((column) => sql.ref(column));
      const values = Object.values(row).map((value) =>
        typeof value === 'object' && value !== null ? Buffer.from(value.hex, 'hex') : value,
      );
      const overriding = engine === 'postgres' ? sql`overriding system value` : sql``;
      await sql`insert into ${sql.table(table)} (${sql.join(columns)}) ${overriding} values (${sql.join(values)})`.execute(
        trx,
      );
    }
    if (engine === 'postgres' && table !== 'instance' && rows[0]?.['id'] !== undefined)
      await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.table(table)}))`.execute(
        trx,
      );
  }
}
