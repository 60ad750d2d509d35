import { sql, type Kysely } from 'kysely';

/** Where each account last logged in to, so that a person is told what was changed before they type a secret; and the changes of an entry by entry. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('last_logins')
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('entry_id', 'bigint', (column) => column.notNull().references('entries.id').onDelete('cascade'))
    .addColumn('logged_in_at', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('last_logins_key', ['account_id', 'entry_id'])
    .execute();
  await db.schema.createIndex('last_logins_entry').on('last_logins').column('entry_id').execute();
  // Of these few actions alone, so that the log grows no slower with it.
  await sql`create index audit_log_entry_changes on audit_log (resource_id, seq)
    where resource = 'entry' and action in ('entry.update', 'key.pin', 'key.replace', 'key.remove')`.execute(db);
}
