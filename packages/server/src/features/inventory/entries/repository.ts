import { sql, type ExpressionBuilder, type Insertable, type RawBuilder, type Selectable } from 'kysely';
import type { SqlBool, Updateable } from 'kysely';
import type { Db, Trx } from '../../../kernel/db/database.ts';
import type { Schema } from '../../../kernel/db/schema.ts';
import { ownerColumns, type Owner } from '../../../kernel/owner.ts';
import type { Rights } from '../../../kernel/rights.ts';
import { inChunks } from '../../../kernel/slices.ts';

/** An entry as it is stored. */
export type EntryRow = Selectable<Schema['entries']>;
/** A folder as it is stored. */
export type FolderRow = Selectable<Schema['folders']>;

/** The distance between two neighbours, so that most moves write one row. */
export const positionStep = 1024;

/** The condition that a row belongs to the account or to an organization in which it is active. */
function seenBy(rights: Rights): RawBuilder<SqlBool> {
  const organizationIds = [...rights.organizations.keys()];
  const own = sql`account_id = ${rights.accountId}`;
  if (organizationIds.length === 0) return sql<SqlBool>`${own}`;
  return sql<SqlBool>`(${own} or organization_id in (${sql.join(organizationIds)}))`;
}

function ownedBy(owner: Owner) {
  return (eb: ExpressionBuilder<Schema, 'entries'>) =>
    owner.type === 'account' ? eb('account_id', '=', owner.id) : eb('organization_id', '=', owner.id);
}

/** Regardless of who may see it. */
export function findEntry(db: Db, id: number): Promise<EntryRow | undefined> {
  return db.selectFrom('entries').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those of the entries that exist, by id where the ids were in order. */
export async function findEntries(db: Db, ids: readonly number[]): Promise<EntryRow[]> {
  const rows: EntryRow[] = [];
  for (const some of inChunks(ids))
    rows.push(...(await db.selectFrom('entries').selectAll().where('id', 'in', some).orderBy('id').execute()));
  return rows;
}

/** Every entry that the account sees, by position. */
export function listVisibleEntries(db: Db, rights: Rights): Promise<EntryRow[]> {
  return db.selectFrom('entries').selectAll().where(seenBy(rights)).orderBy('position').orderBy('id').execute();
}

/** Every folder that the account sees, by position. */
export function listVisibleFolders(db: Db, rights: Rights): Promise<FolderRow[]> {
  return db.selectFrom('folders').selectAll().where(seenBy(rights)).orderBy('position').orderBy('id').execute();
}

/** How many entries and folders the account sees together, counted up to `limit`. */
export async function countVisible(db: Db, rights: Rights, limit: number): Promise<number> {
  const counts = await Promise.all(
    (['entries', 'folders'] as const).map((table) =>
      sql<{ readonly id: number }>`select id from ${sql.table(table)} where ${seenBy(rights)} limit ${limit}`.execute(
        db,
      ),
    ),
  );
  return counts.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** The ids of every entry that the account sees. */
export async function visibleEntryIds(db: Db, rights: Rights): Promise<number[]> {
  const rows = await db.selectFrom('entries').select('id').where(seenBy(rights)).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

/** The location of a folder. */
export type FolderPosition = Pick<FolderRow, 'id' | 'parent_id' | 'account_id' | 'organization_id' | 'position'>;

/** Every folder that the account sees, with its location. */
export function visibleFolderPositions(db: Db, rights: Rights): Promise<FolderPosition[]> {
  return db
    .selectFrom('folders')
    .select(['id', 'parent_id', 'account_id', 'organization_id', 'position'])
    .where(seenBy(rights))
    .orderBy('id')
    .execute();
}

/** Those of the folders that exist. */
export function findFolders(db: Db, ids: readonly number[]): Promise<FolderRow[]> {
  return db.selectFrom('folders').selectAll().where('id', 'in', ids).execute();
}

interface Page {
  readonly afterId: number;
  readonly limit: number;
  readonly search: string | undefined;
}

/** A page of the entries that the account sees, by id; `search` searches names and hosts. */
export async function pageOfEntries(db: Db, rights: Rights, page: Page): Promise<EntryRow[]> {
  const organizations = [...rights.organizations.keys()].map((id) => ({ type: 'organization', id }) as const);
  const owners: Owner[] = [{ type: 'account', id: rights.accountId }, ...organizations];
  // One query per owner, each of which reads at most a page from its index; a single query would sort all rows.
  const ids = (await Promise.all(owners.map((owner) => pageOfIds(db, owner, page)))).flat();
  return findEntries(db, ids.sort((one, other) => one - other).slice(0, page.limit));
}

async function pageOfIds(db: Db, owner: Owner, { afterId, limit, search }: Page): Promise<number[]> {
  let query = db.selectFrom('entries').select('id').where(ownedBy(owner)).where('id', '>', afterId);
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`(lower(name) like lower(${pattern}) escape '\\' or lower(host) like lower(${pattern}) escape '\\')`,
    );
  }
  const rows = await query.orderBy('id').limit(limit).execute();
  return rows.map(({ id }) => id);
}

/** How many sessions the list of recent servers considers. */
const recentSessions = 1_000;

/** The entries of the account's latest sessions that it still sees, latest first. */
export async function recentEntries(db: Db, rights: Rights, limit: number): Promise<EntryRow[]> {
  const latest = db
    .selectFrom('sessions')
    .select(['id', 'entry_id'])
    .where('account_id', '=', rights.accountId)
    .orderBy('id', 'desc')
    .limit(recentSessions);
  return db
    .selectFrom('entries')
    .innerJoin(
      db
        .selectFrom(latest.as('latest'))
        .where('latest.entry_id', 'is not', null)
        .groupBy('latest.entry_id')
        .select((eb) => ['latest.entry_id as used_entry', eb.fn.max('latest.id').as('used_last')])
        .as('used'),
      'used.used_entry',
      'entries.id',
    )
    .selectAll('entries')
    .where(seenBy(rights))
    .orderBy('used.used_last', 'desc')
    .limit(limit)
    .execute();
}

/** Names of organizations by id. */
export async function organizationNames(db: Db, ids: readonly number[]): Promise<{ id: number; name: string }[]> {
  if (ids.length === 0) return [];
  return db.selectFrom('organizations').select(['id', 'name']).where('id', 'in', ids).orderBy('id').execute();
}

/** Undefined for a deleted account. */
export async function usernameOf(db: Db, accountId: number): Promise<string | undefined> {
  const row = await db.selectFrom('accounts').select('username').where('id', '=', accountId).executeTakeFirst();
  return row?.username;
}

/** Resolves to the id. */
export async function insertEntry(trx: Trx, row: Insertable<Schema['entries']>): Promise<number> {
  const { id } = await trx.insertInto('entries').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Sets the columns that are given, and another version. An id that does not exist changes nothing. */
export async function updateEntry(trx: Trx, id: number, changes: Updateable<Schema['entries']>): Promise<void> {
  await trx
    .updateTable('entries')
    .set({ ...changes, version: nextVersion })
    .where('id', '=', id)
    .execute();
}

const nextVersion = sql<number>`version + 1`;

/** The version of an entry that exists. */
export async function versionOf(db: Db, id: number): Promise<number> {
  const { version } = await db.selectFrom('entries').select('version').where('id', '=', id).executeTakeFirstOrThrow();
  return version;
}

/** Foreign keys delete its links and pinned host keys. */
export async function deleteEntry(trx: Trx, id: number): Promise<void> {
  await trx.deleteFrom('entries').where('id', '=', id).execute();
}

/** The entries that may use this one as a jump host; the caller checks their configs. */
export function candidatesThrough(db: Db, id: number): Promise<EntryRow[]> {
  return db.selectFrom('entries').selectAll().where('config', 'like', `%"jumpHosts":[%${id}%`).orderBy('id').execute();
}

interface Container {
  readonly owner: Owner;
  readonly folderId: number | null;
}

/** Ids and positions of the entries in one folder, or at the top level of an owner, in order. */
export function entriesIn(db: Db, { owner, folderId }: Container): Promise<{ id: number; position: number }[]> {
  return db
    .selectFrom('entries')
    .select(['id', 'position'])
    .where(ownedBy(owner))
    .where('folder_id', folderId === null ? 'is' : '=', folderId)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** The names and destinations of the entries in one folder. */
export function destinationsIn(
  db: Db,
  { owner, folderId }: Container,
): Promise<{ id: number; name: string; host: string; port: number }[]> {
  return db
    .selectFrom('entries')
    .select(['id', 'name', 'host', 'port'])
    .where(ownedBy(owner))
    .where('folder_id', folderId === null ? 'is' : '=', folderId)
    .orderBy('id')
    .execute();
}

/** A position after all existing entries. */
export async function nextPosition(db: Db, { owner, folderId }: Container): Promise<number> {
  const last = await db
    .selectFrom('entries')
    .select('position')
    .where(ownedBy(owner))
    .where('folder_id', folderId === null ? 'is' : '=', folderId)
    // Sorts by the folder too: otherwise PostgreSQL would sort all of them instead of reading the end of its index.
    .orderBy('folder_id', 'desc')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Math.min((last?.position ?? 0) + positionStep, 2 ** 31 - 1);
}

/** Redistributes the positions of the entries in one folder evenly, in their present order. */
export async function spreadPositions(trx: Trx, { owner, folderId }: Container): Promise<void> {
  const column = owner.type === 'account' ? sql.ref('account_id') : sql.ref('organization_id');
  const folder = folderId === null ? sql`folder_id is null` : sql`folder_id = ${folderId}`;
  await sql`update entries set position = ranked.rank * ${sql.lit(positionStep)}
    from (select id as ranked_id, row_number() over (order by position, id) as rank
          from entries where ${column} = ${owner.id} and ${folder}) as ranked
    where entries.id = ranked.ranked_id`.execute(trx);
}

/** Regardless of who may see it. */
export function findFolder(db: Db, id: number): Promise<FolderRow | undefined> {
  return db.selectFrom('folders').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Moves entries to another owner. */
export async function setOwner(trx: Trx, ids: readonly number[], owner: Owner): Promise<void> {
  for (const some of inChunks(ids))
    await trx
      .updateTable('entries')
      .set({ ...ownerColumns(owner), version: nextVersion })
      .where('id', 'in', some)
      .execute();
}

/** Stores what a manager of the owner's identities confirmed; a binding of null: nothing. */
export async function setConfirmed(
  trx: Trx,
  ids: readonly number[],
  { binding, policyStamp }: { readonly binding: string | null; readonly policyStamp: string | null },
): Promise<void> {
  const confirmed = { confirmed_binding: binding, confirmed_policy: policyStamp };
  for (const some of inChunks(ids)) await trx.updateTable('entries').set(confirmed).where('id', 'in', some).execute();
}
