import type { Kysely } from 'kysely';

/** The processes that share the database, and which of them has a session. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('nodes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    // By the clock of the database, since the nodes' own may differ.
    .addColumn('seen_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('sessions').addColumn('node_id', 'text').execute();
}
