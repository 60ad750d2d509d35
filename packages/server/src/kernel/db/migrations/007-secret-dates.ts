import { sql, type Kysely } from 'kysely';

/** When each secret was set; null where it was stored before this was kept and the identity has been changed since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('identity_secrets').addColumn('set_at', 'text').execute();
  await sql`
    update identity_secrets set set_at =
      (select i.created_at from identities i where i.id = identity_secrets.identity_id and i.updated_at = i.created_at)`.execute(
    db,
  );
}
