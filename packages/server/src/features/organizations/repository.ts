import { sql, type Expression, type ExpressionBuilder, type Selectable, type SqlBool, type Updateable } from 'kysely';
import type { Db, Trx } from '../../kernel/db/database.ts';
import type { Schema } from '../../kernel/db/schema.ts';

/** The columns of an organization. */
export type OrganizationRow = Pick<
  Selectable<Schema['organizations']>,
  'id' | 'name' | 'description' | 'default_identity_id' | 'host_key_policy' | 'created_at' | 'updated_at'
>;
/** The columns of a membership; `permissions` is JSON of the overrides. */
export type MembershipRow = Pick<Selectable<Schema['memberships']>, 'role' | 'status' | 'permissions'>;
type Overrides = Readonly<Record<string, 'allow' | 'deny'>>;

/** Far more than any person or organization has: a safety limit for lists without pages. */
const maxListed = 10_000;

const organizationColumns = [
  'organizations.id',
  'organizations.name',
  'organizations.description',
  'organizations.default_identity_id',
  'organizations.host_key_policy',
  'organizations.created_at',
  'organizations.updated_at',
] as const;

/** The organizations in which the account is an active member, by id, with its membership. */
export function listOfMember(db: Db, accountId: number) {
  return db
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .select([...organizationColumns, 'memberships.role', 'memberships.permissions'])
    .where('memberships.account_id', '=', accountId)
    .where('memberships.status', '=', 'active')
    .orderBy('organizations.id')
    .limit(maxListed)
    .execute();
}

/** Regardless of who may see it. */
export function findOrganization(db: Db, id: number): Promise<OrganizationRow | undefined> {
  return db.selectFrom('organizations').select(organizationColumns).where('id', '=', id).executeTakeFirst();
}

/** Active or invited. */
export function findMembership(db: Db, organizationId: number, accountId: number): Promise<MembershipRow | undefined> {
  return db
    .selectFrom('memberships')
    .select(['role', 'status', 'permissions'])
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}

/** Members and invited accounts, by the time of the invitation. */
export function listMembers(db: Db, organizationId: number) {
  return db
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .select(['accounts.id', 'first_name', 'last_name', 'username', 'role', 'status'])
    .where('organization_id', '=', organizationId)
    .orderBy('invited_at')
    .orderBy('accounts.id')
    .limit(maxListed)
    .execute();
}

/** The accounts of active members. */
export async function listMemberIds(db: Db, organizationId: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('memberships')
    .select('account_id')
    .where('organization_id', '=', organizationId)
    .orderBy('account_id')
    .limit(maxListed)
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Invitations that the account has not answered. */
export function listInvitations(db: Db, accountId: number) {
  return db
    .selectFrom('memberships')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .leftJoin('accounts as inviters', 'inviters.id', 'memberships.invited_by')
    .select(['organizations.id', 'organizations.name', 'organizations.description', 'memberships.invited_at'])
    .select(['invited_by', 'inviters.first_name', 'inviters.last_name', 'inviters.username'])
    .where('memberships.account_id', '=', accountId)
    .where('memberships.status', '=', 'pending')
    .orderBy('organizations.id')
    .limit(maxListed)
    .execute();
}

/** An account, enabled or not, by its username without regard to case. */
export function findAccountByName(db: Db, usernameKey: string) {
  return db
    .selectFrom('accounts')
    .select(['id', 'username'])
    .where('username_key', '=', usernameKey)
    .executeTakeFirst();
}

/** The username of an enabled account; `undefined` if it is disabled or does not exist. */
export function findEnabledAccount(db: Db, accountId: number) {
  return db
    .selectFrom('accounts')
    .select(['id', 'username'])
    .where('id', '=', accountId)
    .where('disabled', '=', 0)
    .executeTakeFirst();
}

/** Resolves to the id. */
export async function insertOrganization(
  trx: Trx,
  values: Pick<OrganizationRow, 'name' | 'description'>,
  now: string,
): Promise<OrganizationRow> {
  return trx
    .insertInto('organizations')
    .values({ ...values, default_identity_id: null, host_key_policy: null, created_at: now, updated_at: now })
    .returning(organizationColumns)
    .executeTakeFirstOrThrow();
}

/** How many organizations an account owns. */
export function countOwned(db: Db, accountId: number): Promise<number> {
  return countMemberships(db, (eb) => eb.and({ account_id: accountId, role: 'owner' }));
}

/** How many members and invited accounts an organization has. */
export function countMembers(db: Db, organizationId: number): Promise<number> {
  return countMemberships(db, (eb) => eb('organization_id', '=', organizationId));
}

async function countMemberships(
  db: Db,
  which: (eb: ExpressionBuilder<Schema, 'memberships'>) => Expression<SqlBool>,
): Promise<number> {
  const query = db.selectFrom('memberships').select(({ fn }) => fn.countAll<number>().as('count'));
  return (await query.where(which).executeTakeFirstOrThrow()).count;
}

/** Inserts a membership, active or invited. */
export async function insertMembership(
  trx: Trx,
  values: {
    organization_id: number;
    account_id: number;
    role: 'owner' | 'member';
    status: 'pending' | 'active';
    invited_by: number | null;
    invited_at: string;
    joined_at: string | null;
  },
): Promise<void> {
  await trx.insertInto('memberships').values(values).execute();
}

/** Sets the columns that are given. */
export function updateOrganization(
  trx: Trx,
  id: number,
  values: Updateable<Schema['organizations']>,
  now: string,
): Promise<OrganizationRow> {
  return trx
    .updateTable('organizations')
    .set({ ...values, updated_at: now })
    .where('id', '=', id)
    .returning(organizationColumns)
    .executeTakeFirstOrThrow();
}

/** Deletes an organization; foreign keys delete everything that belongs to it, except the audit log. */
export async function deleteOrganization(trx: Trx, id: number): Promise<void> {
  await trx.deleteFrom('organizations').where('id', '=', id).execute();
}

/** How much a deletion removes. */
export async function countContents(db: Db, organizationId: number) {
  const count = (table: 'identities' | 'entries' | 'folders' | 'memberships') =>
    db
      .selectFrom(table)
      .select(sql<number>`count(*)`.as('rows'))
      .where('organization_id', '=', organizationId)
      .executeTakeFirstOrThrow();
  return {
    identities: (await count('identities')).rows,
    entries: (await count('entries')).rows,
    folders: (await count('folders')).rows,
    members: (await count('memberships')).rows,
  };
}

/** Whether the account exists, disabled or not. */
export async function accountExists(db: Db, id: number): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** Converts an invitation to an active membership; resolves to whether there was one. */
export async function activateMembership(
  trx: Trx,
  organizationId: number,
  accountId: number,
  now: string,
): Promise<void> {
  await trx
    .updateTable('memberships')
    .set({ status: 'active', joined_at: now })
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .execute();
}

/** Deletes a membership or an invitation, with its overrides. */
export async function deleteMembership(trx: Trx, organizationId: number, accountId: number): Promise<void> {
  await trx
    .deleteFrom('memberships')
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .execute();
}

/** Replaces the overrides of a member’s permissions. */
export async function setOverrides(
  trx: Trx,
  organizationId: number,
  accountId: number,
  overrides: Overrides,
): Promise<void> {
  await trx
    .updateTable('memberships')
    .set({ permissions: JSON.stringify(overrides) })
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .execute();
}

/** Swaps the roles of the owner and a member, both without overrides. */
export async function swapOwner(trx: Trx, organizationId: number, from: number, to: number): Promise<void> {
  // The old owner first: the schema allows one owner at a time.
  for (const [accountId, role] of [
    [from, 'member'],
    [to, 'owner'],
  ] as const)
    await trx
      .updateTable('memberships')
      .set({ role, permissions: '{}' })
      .where('organization_id', '=', organizationId)
      .where('account_id', '=', accountId)
      .execute();
}
