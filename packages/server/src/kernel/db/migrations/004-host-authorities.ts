import { sql, type Kysely } from 'kysely';

/** What is pinned for a server is a key of the machine itself, or that of an authority that signs host keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('host_keys')
    .addColumn('role', 'text', (column) =>
      column
        .notNull()
        .defaultTo('host')
        .check(sql`role in ('host', 'authority')`),
    )
    .execute();
}
