import { sql, type Kysely } from 'kysely';

/** The changes of an entry by entry, by the names that their actions have from now on, and by those that recorded ones keep. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('audit_log_entry_changes').execute();
  await sql`create index audit_log_entry_changes on audit_log (resource_id, seq)
    where resource = 'entry' and action in ('entry.update', 'host-key.pin', 'host-key.replace', 'host-key.remove', 'key.pin', 'key.replace', 'key.remove')`.execute(
    db,
  );
}
