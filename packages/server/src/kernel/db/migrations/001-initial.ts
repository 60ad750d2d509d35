import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

const required: Column = (column) => column.notNull();
const flag: Column = (column) => column.notNull().defaultTo(0);

/** A table whose ids are never used again, not even after the newest row was deleted. */
function numbered(db: Kysely<unknown>, engine: Engine, table: string) {
  return db.schema
    .createTable(table)
    .addColumn('id', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
      engine === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedAlwaysAsIdentity(),
    );
}

const onlyOneOwner = sql`(account_id is null) <> (organization_id is null)`;

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const blob = engine === 'sqlite' ? 'blob' : 'bytea';
  await people(db, engine, blob);
  await organizations(db, engine);
  await vault(db, engine, blob);
  await identities(db, engine, blob);
  await entries(db, engine);
  await sessions(db, engine);
  await audit(db, engine, blob);
}

async function people(db: Kysely<unknown>, engine: Engine, blob: 'blob' | 'bytea'): Promise<void> {
  await db.schema
    .createTable('instance')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('uuid', 'text', required)
    .addColumn('created_at', 'text', required)
    .execute();
  await numbered(db, engine, 'accounts')
    .addColumn('username', 'text', required)
    .addColumn('username_key', 'text', (column) => column.notNull().unique())
    .addColumn('first_name', 'text', required)
    .addColumn('last_name', 'text', required)
    .addColumn('password_hash', 'text', required)
    .addColumn('is_admin', 'integer', flag)
    .addColumn('disabled', 'integer', flag)
    .addColumn('preferences', 'text', (column) => column.notNull().defaultTo('{}'))
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .execute();
  await numbered(db, engine, 'login_sessions')
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('token_hash', blob, (column) => column.notNull().unique())
    .addColumn('ip', 'text', required)
    .addColumn('user_agent', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('last_activity_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .execute();
  await db.schema.createIndex('login_sessions_account').on('login_sessions').column('account_id').execute();
  await numbered(db, engine, 'api_keys')
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('key_id', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', required)
    .addColumn('secret_hash', blob, required)
    .addColumn('scopes', 'text', required)
    .addColumn('created_at', 'text', required)
    .addColumn('expires_at', 'text', required)
    .addColumn('last_used_at', 'text')
    .execute();
  await db.schema.createIndex('api_keys_account').on('api_keys').column('account_id').execute();
  await db.schema
    .createTable('login_limits')
    .addColumn('subject', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', required)
    .addColumn('window_started_at', 'text', required)
    .addColumn('blocked_until', 'text')
    .execute();
  await db.schema
    .createTable('known_devices')
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('device', 'text', required)
    .addColumn('last_seen_at', 'text', required)
    .addPrimaryKeyConstraint('known_devices_pk', ['account_id', 'device'])
    .execute();
}

async function organizations(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await numbered(db, engine, 'organizations')
    .addColumn('name', 'text', required)
    .addColumn('description', 'text')
    .addColumn('default_identity_id', 'bigint', (column) =>
      // SQLite adds no foreign key to a table that exists, and PostgreSQL accepts none to a table that does not.
      engine === 'sqlite' ? column.references('identities.id').onDelete('set null') : column,
    )
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .execute();
  await db.schema
    .createIndex('organizations_default_identity')
    .on('organizations')
    .column('default_identity_id')
    .execute();
  await db.schema
    .createTable('memberships')
    .addColumn('organization_id', 'bigint', (column) =>
      column.notNull().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('owner', 'member')`))
    .addColumn('status', 'text', (column) => column.notNull().check(sql`status in ('pending', 'active')`))
    .addColumn('permissions', 'text', (column) => column.notNull().defaultTo('{}'))
    .addColumn('invited_by', 'bigint', (column) => column.references('accounts.id').onDelete('set null'))
    .addColumn('invited_at', 'text', required)
    .addColumn('joined_at', 'text')
    .addPrimaryKeyConstraint('memberships_pk', ['organization_id', 'account_id'])
    .execute();
  await db.schema.createIndex('memberships_account').on('memberships').column('account_id').execute();
  await sql`create unique index memberships_one_owner on memberships (organization_id) where role = 'owner'`.execute(
    db,
  );
}

async function vault(db: Kysely<unknown>, engine: Engine, blob: 'blob' | 'bytea'): Promise<void> {
  await numbered(db, engine, 'owner_keys')
    .addColumn('key_id', blob, (column) => column.notNull().unique())
    .addColumn('owner_type', 'text', (column) =>
      column.notNull().check(sql`owner_type in ('account', 'organization', 'system')`),
    )
    .addColumn('owner_id', 'bigint', required)
    .addColumn('kek_id', 'text', required)
    .addColumn('wrapped', blob, required)
    .addColumn('key_check', blob, required)
    .addColumn('created_at', 'text', required)
    .addUniqueConstraint('owner_keys_owner', ['owner_type', 'owner_id'])
    .execute();
  await db.schema
    .createTable('kek_checks')
    .addColumn('kek_id', 'text', (column) => column.primaryKey())
    .addColumn('key_check', blob, required)
    .addColumn('created_at', 'text', required)
    .execute();
  await db.schema
    .createTable('system_secrets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', required)
    .addColumn('frame', blob, required)
    .execute();
}

async function identities(db: Kysely<unknown>, engine: Engine, blob: 'blob' | 'bytea'): Promise<void> {
  await numbered(db, engine, 'identities')
    .addColumn('account_id', 'bigint', (column) => column.references('accounts.id').onDelete('cascade'))
    .addColumn('organization_id', 'bigint', (column) => column.references('organizations.id').onDelete('cascade'))
    .addColumn('name', 'text', required)
    .addColumn('type', 'text', (column) =>
      column.notNull().check(sql`type in ('password', 'ssh', 'both', 'password-only')`),
    )
    .addColumn('username', 'text')
    .addColumn('version', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('key_facts', 'text')
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .addColumn('last_used_at', 'text')
    .addCheckConstraint('identities_one_owner', onlyOneOwner)
    .execute();
  if (engine === 'postgres')
    await db.schema
      .alterTable('organizations')
      .addForeignKeyConstraint('organizations_default_identity_fk', ['default_identity_id'], 'identities', ['id'])
      .onDelete('set null')
      .execute();
  await db.schema.createIndex('identities_account').on('identities').columns(['account_id', 'id']).execute();
  await db.schema.createIndex('identities_organization').on('identities').columns(['organization_id', 'id']).execute();
  await db.schema
    .createTable('identity_secrets')
    .addColumn('identity_id', 'bigint', (column) => column.notNull().references('identities.id').onDelete('cascade'))
    .addColumn('field', 'text', (column) => column.notNull().check(sql`field in ('password', 'sshKey', 'passphrase')`))
    .addColumn('version', 'integer', required)
    .addColumn('frame', blob, required)
    .addPrimaryKeyConstraint('identity_secrets_pk', ['identity_id', 'field'])
    .execute();
  await db.schema
    .createTable('generated_keys')
    .addColumn('handle_hash', blob, (column) => column.primaryKey())
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('frame', blob, required)
    .addColumn('passphrase_frame', blob)
    .addColumn('expires_at', 'text', required)
    .execute();
}

async function entries(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await numbered(db, engine, 'folders')
    .addColumn('account_id', 'bigint', (column) => column.references('accounts.id').onDelete('cascade'))
    .addColumn('organization_id', 'bigint', (column) => column.references('organizations.id').onDelete('cascade'))
    .addColumn('parent_id', 'bigint', (column) => column.references('folders.id').onDelete('cascade'))
    .addColumn('name', 'text', required)
    .addColumn('position', 'integer', flag)
    .addColumn('default_identity_id', 'bigint', (column) => column.references('identities.id').onDelete('set null'))
    .addColumn('host_key_policy', 'text')
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .addCheckConstraint('folders_one_owner', onlyOneOwner)
    .execute();
  await numbered(db, engine, 'entries')
    .addColumn('account_id', 'bigint', (column) => column.references('accounts.id').onDelete('cascade'))
    .addColumn('organization_id', 'bigint', (column) => column.references('organizations.id').onDelete('cascade'))
    .addColumn('folder_id', 'bigint', (column) => column.references('folders.id').onDelete('cascade'))
    .addColumn('name', 'text', required)
    .addColumn('type', 'text', (column) => column.notNull().check(sql`type in ('server')`))
    .addColumn('icon', 'text')
    .addColumn('renderer', 'text')
    .addColumn('protocol', 'text', required)
    .addColumn('host', 'text', required)
    .addColumn('port', 'integer', required)
    .addColumn('config', 'text', required)
    .addColumn('position', 'integer', flag)
    .addColumn('confirmed_binding', 'text')
    .addColumn('created_at', 'text', required)
    .addColumn('updated_at', 'text', required)
    .addCheckConstraint('entries_one_owner', onlyOneOwner)
    .execute();
  for (const table of ['folders', 'entries'] as const) {
    await db.schema.createIndex(`${table}_account`).on(table).columns(['account_id', 'id']).execute();
    await db.schema.createIndex(`${table}_organization`).on(table).columns(['organization_id', 'id']).execute();
  }
  await db.schema.createIndex('entries_folder').on('entries').column('folder_id').execute();
  await db.schema.createIndex('folders_default_identity').on('folders').column('default_identity_id').execute();
  await db.schema.createIndex('folders_parent').on('folders').column('parent_id').execute();
  await entryLinks(db, engine);
}

async function entryLinks(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('entry_identities')
    .addColumn('entry_id', 'bigint', (column) => column.notNull().references('entries.id').onDelete('cascade'))
    .addColumn('identity_id', 'bigint', (column) => column.notNull().references('identities.id').onDelete('cascade'))
    .addColumn('position', 'integer', required)
    .addColumn('binding', 'text')
    .addColumn('last_used_at', 'text')
    .addColumn('last_outcome', 'text')
    .addPrimaryKeyConstraint('entry_identities_pk', ['entry_id', 'identity_id'])
    .execute();
  await db.schema.createIndex('entry_identities_identity').on('entry_identities').column('identity_id').execute();
  await numbered(db, engine, 'host_keys')
    .addColumn('entry_id', 'bigint', (column) => column.notNull().references('entries.id').onDelete('cascade'))
    .addColumn('host', 'text', required)
    .addColumn('port', 'integer', required)
    .addColumn('algorithm', 'text', required)
    .addColumn('public_key', 'text', required)
    .addColumn('fingerprint', 'text', required)
    .addColumn('source', 'text', (column) =>
      column.notNull().check(sql`source in ('confirmed', 'accept-new', 'imported')`),
    )
    .addColumn('confirmed_by', 'bigint', (column) => column.references('accounts.id').onDelete('set null'))
    .addColumn('first_seen_at', 'text', required)
    .addUniqueConstraint('host_keys_once', ['entry_id', 'host', 'port', 'public_key'])
    .execute();
}

async function sessions(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await numbered(db, engine, 'sessions')
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('organization_id', 'bigint', (column) => column.references('organizations.id').onDelete('set null'))
    .addColumn('entry_id', 'bigint', (column) => column.references('entries.id').onDelete('set null'))
    .addColumn('entry_name', 'text', required)
    .addColumn('identity_id', 'bigint', (column) => column.references('identities.id').onDelete('set null'))
    .addColumn('type', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('reason', 'text')
    .addColumn('steps', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('exit_code', 'bigint')
    .addColumn('exit_signal', 'text')
    .addColumn('started_at', 'text', required)
    .addColumn('ended_at', 'text')
    .execute();
  await db.schema.createIndex('sessions_account').on('sessions').columns(['account_id', 'id']).execute();
  await db.schema.createIndex('sessions_entry').on('sessions').columns(['entry_id', 'id']).execute();
  // Deleting an identity or an organization clears these; without an index it would read the whole history.
  for (const column of ['identity_id', 'organization_id'])
    await db.schema.createIndex(`sessions_${column}`).on('sessions').column(column).execute();
}

async function audit(db: Kysely<unknown>, engine: Engine, blob: 'blob' | 'bytea'): Promise<void> {
  await db.schema
    .createTable('audit_log')
    // In SQLite, `integer` makes it the key of the table itself instead of an index beside it.
    .addColumn('seq', engine === 'sqlite' ? 'integer' : 'bigint', (column) => column.primaryKey())
    .addColumn('timestamp', 'text', required)
    .addColumn('account_id', 'bigint')
    .addColumn('actor', 'text', required)
    .addColumn('via', 'text', required)
    .addColumn('ip_address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('organization_id', 'bigint')
    .addColumn('action', 'text', required)
    .addColumn('resource', 'text', required)
    .addColumn('resource_id', 'bigint')
    .addColumn('resource_name', 'text')
    .addColumn('outcome', 'text', required)
    .addColumn('details', 'text', required)
    .addColumn('prev_hash', blob, required)
    .addColumn('hash', blob, required)
    .execute();
  // What follows `seq` lets counts, and searches for an action, read the index alone.
  await db.schema
    .createIndex('audit_log_organization')
    .on('audit_log')
    .columns(['organization_id', 'seq', 'action'])
    .execute();
  await db.schema
    .createIndex('audit_log_account')
    .on('audit_log')
    .columns(['account_id', 'seq', 'organization_id', 'action'])
    .execute();
  if (engine === 'sqlite') {
    for (const verb of ['update', 'delete'])
      await sql
        .raw(
          `create trigger audit_log_no_${verb} before ${verb} on audit_log begin select raise(abort, 'the audit log is append-only'); end`,
        )
        .execute(db);
    return;
  }
  await sql`create function audit_log_append_only() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$`.execute(
    db,
  );
  await sql`create trigger audit_log_append_only before update or delete or truncate on audit_log for each statement execute function audit_log_append_only()`.execute(
    db,
  );
}
