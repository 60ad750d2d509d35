import { sql, type Selectable, type Updateable } from 'kysely';
import type { Db, Trx } from '../../kernel/db/database.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { Schema } from '../../kernel/db/schema.ts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';

/** A row of `identities`. */
export type IdentityRow = Selectable<Schema['identities']>;

/** One sealed secret of an identity. */
export interface StoredSecret {
  readonly field: SecretField;
  readonly version: number;
  readonly frame: Buffer;
  /** When it was set, ISO 8601; resealing for another owner keeps it. Null: set before this was recorded. */
  readonly set_at: string | null;
}

/** Regardless of who may see it. */
export function findIdentity(db: Db, id: number): Promise<IdentityRow | undefined> {
  return db.selectFrom('identities').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those that exist, regardless of who may see them. */
export async function findIdentities(db: Db, ids: readonly number[]): Promise<readonly IdentityRow[]> {
  if (ids.length === 0) return [];
  return db.selectFrom('identities').selectAll().where('id', 'in', ids).orderBy('id').execute();
}

/**
 * Inserts a row and resolves to its id, which is never reused. Written as SQL, like `putSecret`: building the statement took longer than running it,
 * while all other writers wait.
 */
export async function insertIdentity(trx: Trx, row: Omit<IdentityRow, 'id'>): Promise<number> {
  const { rows } = await sql<Pick<IdentityRow, 'id'>>`
    insert into identities (
      account_id, organization_id, name, type, username, version, key_facts, created_at, updated_at, last_used_at
    ) values (
      ${row.account_id}, ${row.organization_id}, ${row.name}, ${row.type}, ${row.username}, ${row.version},
      ${row.key_facts}, ${row.created_at}, ${row.updated_at}, ${row.last_used_at}
    ) returning id`.execute(trx);
  const [inserted] = rows;
  if (inserted === undefined) throw new Error('the database tells no id of the row that it inserted');
  return inserted.id;
}

/** Updates the row if it still has the version that the change was decided on; resolves to whether it had. */
export async function updateIdentity(
  trx: Trx,
  { id, version }: Pick<IdentityRow, 'id' | 'version'>,
  changes: Updateable<Schema['identities']>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('identities')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Deletes the row; foreign keys delete its secrets and links, and clear it as a default of folders. */
export async function deleteIdentity(trx: Trx, id: number): Promise<void> {
  await trx.deleteFrom('identities').where('id', '=', id).execute();
}

/** The sealed secrets of an identity, unordered. */
export async function secretsOf(db: Db, identityId: number): Promise<readonly StoredSecret[]> {
  return db
    .selectFrom('identity_secrets')
    .select(['field', 'version', 'frame', 'set_at'])
    .where('identity_id', '=', identityId)
    .execute();
}

/** Stores one sealed secret, replacing an existing one. */
export async function putSecret(trx: Trx, identityId: number, secret: StoredSecret): Promise<void> {
  await sql`
    insert into identity_secrets (identity_id, field, version, frame, set_at)
    values (${identityId}, ${secret.field}, ${secret.version}, ${secret.frame}, ${secret.set_at})
    on conflict (identity_id, field)
    do update set version = excluded.version, frame = excluded.frame, set_at = excluded.set_at`.execute(trx);
}

/** Empty fields are skipped. */
export async function removeSecrets(trx: Trx, identityId: number, fields: readonly SecretField[]): Promise<void> {
  if (fields.length === 0) return;
  await trx.deleteFrom('identity_secrets').where('identity_id', '=', identityId).where('field', 'in', fields).execute();
}

/** The owners of entries that refer to the identity, or inherit it from a folder or the organization. */
export async function ownersOfReferences(db: Db, identityId: number): Promise<readonly Owner[]> {
  const rows = await db
    .selectFrom('entry_identities')
    .innerJoin('entries', 'entries.id', 'entry_identities.entry_id')
    .select(['entries.account_id', 'entries.organization_id'])
    .where('entry_identities.identity_id', '=', identityId)
    .union(
      db.selectFrom('folders').select(['account_id', 'organization_id']).where('default_identity_id', '=', identityId),
    )
    .union(
      db
        .selectFrom('organizations')
        .select([sql<null>`cast(null as bigint)`.as('account_id'), 'id as organization_id'])
        .where('default_identity_id', '=', identityId),
    )
    .execute();
  return rows.map(ownerOf);
}

/** The active members of the organizations that have the identity as their default. */
export async function membersByDefault(db: Db, identityId: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select('memberships.account_id')
    .distinct()
    .where('organizations.default_identity_id', '=', identityId)
    .where('memberships.status', '=', 'active')
    .orderBy('memberships.account_id')
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Records when an identity was last used for a login. A deleted one is skipped. */
export async function markUsed(trx: Trx, id: number, last_used_at: string): Promise<void> {
  await trx.updateTable('identities').set({ last_used_at }).where('id', '=', id).execute();
}

/** A generated private key, sealed, that has no identity yet. */
export interface GeneratedKey {
  readonly handleHash: Buffer;
  readonly accountId: number;
  readonly frame: Buffer;
  readonly passphraseFrame: Buffer | null;
}

/** The generated key of that handle, if this account generated it and it has not expired. */
export async function findGeneratedKey(
  db: Db,
  { accountId, handleHash, now }: Pick<GeneratedKey, 'accountId' | 'handleHash'> & { readonly now: string },
): Promise<GeneratedKey | undefined> {
  const row = await db
    .selectFrom('generated_keys')
    .select(['frame', 'passphrase_frame'])
    .where('handle_hash', '=', handleHash)
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row && { handleHash, accountId, frame: row.frame, passphraseFrame: row.passphrase_frame };
}

/** Stores a sealed generated key until its identity is created or `expiresAt`. */
export async function insertGeneratedKey(trx: Trx, key: GeneratedKey & { readonly expiresAt: string }): Promise<void> {
  await trx
    .insertInto('generated_keys')
    .values({
      handle_hash: key.handleHash,
      account_id: key.accountId,
      frame: key.frame,
      passphrase_frame: key.passphraseFrame,
      expires_at: key.expiresAt,
    })
    .execute();
}

/** Deletes a generated key that belongs to an identity now. */
export async function deleteGeneratedKey(trx: Trx, { handleHash }: GeneratedKey): Promise<void> {
  await trx.deleteFrom('generated_keys').where('handle_hash', '=', handleHash).execute();
}

/** Deletes expired generated keys of all accounts, at most `atMost`; resolves to how many. */
export async function deleteExpiredGeneratedKeys(trx: Trx, now: string, atMost: number): Promise<number> {
  const expired = trx.selectFrom('generated_keys').select('handle_hash').where('expires_at', '<=', now).limit(atMost);
  const { numDeletedRows } = await trx
    .deleteFrom('generated_keys')
    .where('handle_hash', 'in', expired)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** How many unexpired generated keys the account has. */
export async function countGeneratedKeys(trx: Trx, accountId: number, now: string): Promise<number> {
  const { count } = await trx
    .selectFrom('generated_keys')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}
