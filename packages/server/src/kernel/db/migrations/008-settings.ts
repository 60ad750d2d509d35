import type { Kysely } from 'kysely';

/** What administrators set while the server runs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'bigint', (column) => column.references('accounts.id').onDelete('set null'))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute();
}
