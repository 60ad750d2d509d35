import type { Kysely } from 'kysely';

/** A key can be marked as revoked for a host: it is then never accepted there, under any policy (`@revoked`, sshd(8)). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('host_keys')
    .addColumn('revoked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
