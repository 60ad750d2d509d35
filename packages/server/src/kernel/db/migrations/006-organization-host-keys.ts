import type { Kysely } from 'kysely';

/** What to do about host keys where neither a server nor a folder above it says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('organizations').addColumn('host_key_policy', 'text').execute();
}
