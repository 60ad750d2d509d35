import { sql, type Kysely } from 'kysely';

/**
 * From where an API key was last used. The keys of disabled accounts go: from now on disabling deletes them, so that enabling the account again
 * does not bring them back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('api_keys').addColumn('last_used_ip', 'text').execute();
  await sql`delete from api_keys where account_id in (select id from accounts where disabled = 1)`.execute(db);
}
