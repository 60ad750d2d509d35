import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';

/** Requests with an Idempotency-Key, and what they were answered. Keyed hashes stand for key and content. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const blob = engine === 'sqlite' ? 'blob' : 'bytea';
  await db.schema
    .createTable('idempotent_requests')
    .addColumn('account_id', 'bigint', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('key_mac', blob, (column) => column.notNull())
    .addColumn('request_mac', blob, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotent_requests_key', ['account_id', 'key_mac'])
    .execute();
  await db.schema.createIndex('idempotent_requests_expiry').on('idempotent_requests').column('expires_at').execute();
}
