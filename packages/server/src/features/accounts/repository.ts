import { sql, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Db, Trx } from '../../kernel/db/database.ts';
import type { Schema } from '../../kernel/db/schema.ts';

/** An account as others see it. */
export interface Account {
  readonly id: number;
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly is_admin: number;
  readonly disabled: number;
  readonly preferences: string;
  readonly created_at: string;
}

const columns = [
  'id',
  'username',
  'first_name',
  'last_name',
  'is_admin',
  'disabled',
  'preferences',
  'created_at',
] as const;

/** Whether there is any account; the first one requires the set-up token. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** How many accounts there are, disabled ones included. */
export async function countAccounts(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Finds disabled accounts, too. */
export function findAccount(db: Db, id: number): Promise<Account | undefined> {
  return db.selectFrom('accounts').select(columns).where('id', '=', id).executeTakeFirst();
}

/** `usernameKey` is the username in lower case, by which it is unique. */
export async function isUsernameTaken(db: Db, usernameKey: string): Promise<boolean> {
  const row = await db.selectFrom('accounts').select('id').where('username_key', '=', usernameKey).executeTakeFirst();
  return row !== undefined;
}

interface NewAccount {
  readonly username: string;
  readonly usernameKey: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
  readonly createdAt: string;
}

/** Resolves to the id. The caller has checked the username; the database refuses one that was taken meanwhile. */
export async function insertAccount(trx: Trx, account: NewAccount): Promise<number> {
  const { id } = await trx
    .insertInto('accounts')
    .values({
      username: account.username,
      username_key: account.usernameKey,
      first_name: account.firstName,
      last_name: account.lastName,
      password_hash: account.passwordHash,
      is_admin: account.isAdmin ? 1 : 0,
      created_at: account.createdAt,
      updated_at: account.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

interface AccountChange {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly preferences?: string;
  readonly is_admin?: number;
  readonly disabled?: number;
  readonly updated_at: string;
}

/** Sets the columns that are given. An id that does not exist changes nothing. */
export async function updateAccount(trx: Trx, id: number, change: AccountChange): Promise<void> {
  await trx.updateTable('accounts').set(change).where('id', '=', id).execute();
}

/** How much an account owns. */
async function countOwn(db: Db, accountId: number) {
  const count = async (table: 'identities' | 'entries' | 'folders') => {
    const found = db
      .selectFrom(table)
      .select(sql<number>`count(*)`.as('rows'))
      .where('account_id', '=', accountId);
    return (await found.executeTakeFirstOrThrow()).rows;
  };
  return { identities: await count('identities'), entries: await count('entries'), folders: await count('folders') };
}

/**
 * Deletes an account; foreign keys delete its sign-ins, API keys, memberships, identities, folders and entries. Resolves to how many of the last
 * three.
 */
export async function deleteAccount(trx: Trx, id: number) {
  const contents = await countOwn(trx, id);
  await trx.deleteFrom('accounts').where('id', '=', id).execute();
  return contents;
}

/** Whether an enabled administrator remains without that account. */
export async function hasOtherAdmin(trx: Trx, id: number): Promise<boolean> {
  const row = await trx
    .selectFrom('accounts')
    .select('id')
    .where('is_admin', '=', 1)
    .where('disabled', '=', 0)
    .where('id', '<>', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The name of an organization that the account owns; an organization has one owner. */
export async function findOwnedOrganization(trx: Trx, accountId: number): Promise<string | undefined> {
  const row = await trx
    .selectFrom('memberships as membership')
    .innerJoin('organizations as organization', 'organization.id', 'membership.organization_id')
    .select('organization.name')
    .where('membership.account_id', '=', accountId)
    .where('membership.role', '=', 'owner')
    .orderBy('organization.id')
    .limit(1)
    .executeTakeFirst();
  return row?.name;
}

interface Page {
  readonly search: string;
  readonly limit: number;
  readonly offset: number;
}

/** Accounts by id whose username, first or last name contains the text, and how many there are in all. */
export async function listAccounts(db: Db, { search, limit, offset }: Page) {
  const matching = db.selectFrom('accounts').where(containsText(search));
  const users = await matching.select(columns).orderBy('id').limit(limit).offset(offset).execute();
  const { total } = await matching
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { users, total };
}

/** Enabled accounts, by username. */
export function searchAccounts(db: Db, search: string, limit: number) {
  return db
    .selectFrom('accounts')
    .select(['id', 'username', 'first_name', 'last_name'])
    .where(containsText(search))
    .where('disabled', '=', 0)
    .orderBy('username_key')
    .limit(limit)
    .execute();
}

function containsText(search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return (where: ExpressionBuilder<Schema, 'accounts'>) =>
    where.or(
      (['username', 'first_name', 'last_name'] as const).map(
        (column) => sql<SqlBool>`lower(${where.ref(column)}) like lower(${pattern}) escape '\\'`,
      ),
    );
}
