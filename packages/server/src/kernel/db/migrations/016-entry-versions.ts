import type { Kysely } from 'kysely';

/** Each change of an entry gives it another version, which clients can make a condition of theirs (If-Match). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('entries')
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
}
