import type { Identity, IdentityCan, IdentityKey, IdentityType } from '@gatehouse/contract/identities';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { ownerOf } from '../../kernel/owner.ts';
import type { Rights } from '../../kernel/rights.ts';
import { canWith } from './policy.ts';

/** The start of a page: after this identity of the personal ones, or of the shared ones that follow them. */
export interface Position {
  readonly shared: boolean;
  readonly id: number;
}

/** The filter; without a value the list is complete. */
export interface ListFilter {
  readonly search?: string | undefined;
  readonly type?: IdentityType | undefined;
  readonly owner?: 'personal' | number | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly after?: Position | undefined;
  readonly limit?: number | undefined;
}

interface ListRow {
  readonly id: number;
  readonly account_id: number | null;
  readonly organization_id: number | null;
  readonly name: string;
  readonly type: IdentityType;
  readonly username: string | null;
  readonly key_facts: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_used_at: string | null;
  readonly has_password: number;
  readonly has_passphrase: number;
  readonly password_set_at: string | null;
  readonly key_set_at: string | null;
  readonly used_by: number;
}

/**
 * The identities that an account can use, in one statement: personal ones first, then those of the organizations where its membership is
 * active, by id inside each group. `rights` are those of this account.
 */
export async function listUsable(db: Db, rights: Rights, filter: ListFilter): Promise<Identity[]> {
  const { accountId } = rights;
  const mine = organizationsOf(accountId);
  const { rows } = await sql<ListRow>`
    select i.id, i.account_id, i.organization_id, i.name, i.type, i.username, i.key_facts,
      i.created_at, i.updated_at, i.last_used_at,
      ${has('password')} as has_password,
      ${has('passphrase')} as has_passphrase,
      ${setAt('password')} as password_set_at,
      ${setAt('sshKey')} as key_set_at,
      (select count(*) from entry_identities l join entries e on e.id = l.entry_id
        where l.identity_id = i.id and (e.account_id = ${accountId} or e.organization_id in ${mine})) as used_by
    from (${page(accountId, mine, filter)}) as page join identities i on i.id = page.id
    order by page.shared, page.id`.execute(db);
  const can = canWith(rights);
  return rows.map((row) => toIdentity(row, can(ownerOf(row))));
}

/** The ids of what {@link listUsable} finds, lowest first. */
export async function listUsableIds(db: Db, accountId: number, filter: ListFilter): Promise<number[]> {
  const ids = page(accountId, organizationsOf(accountId), filter);
  const { rows } = await sql<{ readonly id: number }>`select id from (${ids}) as page order by id`.execute(db);
  return rows.map(({ id }) => id);
}

type Fragment = RawBuilder<unknown>;

function organizationsOf(accountId: number): Fragment {
  return sql`(select organization_id from memberships where account_id = ${accountId} and status = 'active')`;
}

/** Only the ids of the page: both halves are read from an index, in order and no further than needed. */
function page(accountId: number, mine: Fragment, filter: ListFilter): Fragment {
  const { after, owner } = filter;
  const halves: Fragment[] = [];
  if (typeof owner !== 'number' && after?.shared !== true)
    halves.push(half({ shared: 0, owned: sql`account_id = ${accountId}`, after: after?.id ?? 0 }, filter));
  if (owner !== 'personal') {
    const one = typeof owner === 'number' ? sql`organization_id = ${owner} and ` : sql``;
    const from = after?.shared === true ? after.id : 0;
    halves.push(half({ shared: 1, owned: sql`${one}organization_id in ${mine}`, after: from }, filter));
  }
  if (halves.length === 0) return sql`select 0 as shared, 0 as id where 1 = 0`;
  return sql`${sql.join(halves, sql` union all `)} order by shared, id ${limitOf(filter)}`;
}

interface Half {
  readonly shared: 0 | 1;
  readonly owned: Fragment;
  /** Ids up to this one were on earlier pages. */
  readonly after: number;
}

function half({ shared, owned, after }: Half, { search, type, ids, limit }: ListFilter): Fragment {
  const conditions = [owned, sql`id > ${after}`];
  if (ids !== undefined) conditions.push(sql`id in (${sql.join(ids)})`);
  if (type !== undefined) conditions.push(sql`type = ${type}`);
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`(${like('name', pattern)} or ${like('username', pattern)})`);
  }
  const found = sql`select ${sql.lit(shared)} as shared, id from identities where ${sql.join(conditions, sql` and `)}`;
  if (limit === undefined) return found;
  return sql`select * from (${found} order by id ${limitOf({ limit })}) as half`;
}

/** The database converts both sides to lower case, so that they are treated alike. */
function like(column: 'name' | 'username', pattern: string): Fragment {
  return sql`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`;
}

function limitOf({ limit }: ListFilter): Fragment {
  return limit === undefined ? sql`` : sql`limit ${limit}`;
}

/** 0 or 1. A count instead of `exists`, for which PostgreSQL would hash the whole table. */
function has(field: 'password' | 'passphrase'): Fragment {
  return sql`(select count(*) from identity_secrets s where s.identity_id = i.id and s.field = ${field})`;
}

function setAt(field: 'password' | 'sshKey'): Fragment {
  return sql`(select s.set_at from identity_secrets s where s.identity_id = i.id and s.field = ${field})`;
}

function toIdentity(row: ListRow, can: IdentityCan): Identity {
  return {
    id: row.id,
    name: row.name,
    username: row.username,
    type: row.type,
    organizationId: row.organization_id,
    scope: row.organization_id === null ? 'personal' : 'organization',
    accountId: row.account_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    // eslint-disable-next-line gatehouse/parsed-json -- Checked with the rest of the answer on its way out; twice is too much for thousands.
    key: row.key_facts === null ? null : (JSON.parse(row.key_facts) as IdentityKey),
    hasPassword: row.has_password === 1,
    hasPassphrase: row.has_passphrase === 1,
    passwordSetAt: row.password_set_at,
    keySetAt: row.key_set_at,
    usedBy: row.used_by,
    lastUsedAt: row.last_used_at,
    can,
  };
}

/** An entry that refers to the identity, and how the last login went. */
export interface UsageRow {
  readonly id: number;
  readonly name: string;
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly organization_id: number | null;
  readonly position: number;
  readonly last_used_at: string | null;
  readonly last_outcome: 'ok' | 'failed' | null;
}

/** The entries that refer to the identity and that the account can see, by id. */
export function listUsage(db: Db, accountId: number, identityId: number, limit: number): Promise<readonly UsageRow[]> {
  const mine = db
    .selectFrom('memberships')
    .select('organization_id')
    .where('account_id', '=', accountId)
    .where('status', '=', 'active');
  return db
    .selectFrom('entry_identities as l')
    .innerJoin('entries as e', 'e.id', 'l.entry_id')
    .select(['e.id', 'e.name', 'e.protocol', 'e.host', 'e.port', 'e.organization_id'])
    .select(['l.position', 'l.last_used_at'])
    .select((l) => l.ref('l.last_outcome').$castTo<UsageRow['last_outcome']>().as('last_outcome'))
    .where('l.identity_id', '=', identityId)
    .where((where) => where.or([where('e.account_id', '=', accountId), where('e.organization_id', 'in', mine)]))
    .orderBy('e.id')
    .limit(limit)
    .execute();
}
