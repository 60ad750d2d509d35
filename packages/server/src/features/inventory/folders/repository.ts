import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db, Trx } from '../../../kernel/db/database.ts';
import type { Schema } from '../../../kernel/db/schema.ts';
import { inChunks } from '../../../kernel/slices.ts';
import { ownerColumns, type Owner } from '../../../kernel/owner.ts';

/** A folder as it is stored. */
export type FolderRow = Selectable<Schema['folders']>;

const positionStep = 1024;
const maxPosition = 2 ** 31 - 1;

/** Regardless of who may see it. */
export function findFolder(db: Db, id: number): Promise<FolderRow | undefined> {
  return db.selectFrom('folders').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Resolves to the id. */
export async function insertFolder(trx: Trx, row: Insertable<Schema['folders']>): Promise<number> {
  const { id } = await trx.insertInto('folders').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Sets the columns that are given. An id that does not exist changes nothing. */
export async function updateFolder(trx: Trx, id: number, changes: Updateable<Schema['folders']>): Promise<void> {
  await trx.updateTable('folders').set(changes).where('id', '=', id).execute();
}

/** Deletes a folder; foreign keys delete its content. */
export async function deleteFolder(trx: Trx, id: number): Promise<void> {
  await trx.deleteFrom('folders').where('id', '=', id).execute();
}

/** A folder and its descendants, topmost first, each with its distance from the top. */
export function subtree(db: Db, id: number): Promise<{ id: number; depth: number }[]> {
  return db
    .withRecursive('below', (qc) =>
      qc
        .selectFrom('folders')
        .select(['folders.id', sql<number>`0`.as('depth')])
        .where('folders.id', '=', id)
        .unionAll(
          qc
            .selectFrom('folders')
            .innerJoin('below', 'below.id', 'folders.parent_id')
            .select(['folders.id', sql<number>`below.depth + 1`.as('depth')]),
        ),
    )
    .selectFrom('below')
    .select(['id', 'depth'])
    .orderBy('depth')
    .orderBy('id')
    .execute();
}

/** The folder and its ancestors, by id. */
export async function lineage(db: Db, id: number): Promise<number[]> {
  const rows = await db
    .withRecursive('above', (qc) =>
      qc
        .selectFrom('folders')
        .select(['folders.id', 'folders.parent_id'])
        .where('folders.id', '=', id)
        .unionAll(
          qc
            .selectFrom('folders')
            .innerJoin('above', 'above.parent_id', 'folders.id')
            .select(['folders.id', 'folders.parent_id']),
        ),
    )
    .selectFrom('above')
    .select('id')
    .execute();
  return rows.map((row) => row.id);
}

/** The entries in any of these folders. */
export async function entriesWithin(db: Db, folderIds: readonly number[]): Promise<number[]> {
  const ids: number[] = [];
  for (const some of inChunks(folderIds)) {
    const rows = await db.selectFrom('entries').select('id').where('folder_id', 'in', some).execute();
    for (const { id } of rows) ids.push(id);
  }
  return ids.sort((one, other) => one - other);
}

/** Moves folders to another owner and removes their default identities. */
export async function setOwner(trx: Trx, folderIds: readonly number[], owner: Owner): Promise<void> {
  for (const some of inChunks(folderIds))
    await trx
      .updateTable('folders')
      .set({ ...ownerColumns(owner), default_identity_id: null })
      .where('id', 'in', some)
      .execute();
}

/** A position after the existing folders. */
export async function nextPosition(db: Db, owner: Owner, parentId: number | null): Promise<number> {
  const last = await db
    .selectFrom('folders')
    .select('position')
    .where(owner.type === 'account' ? 'account_id' : 'organization_id', '=', owner.id)
    .where('parent_id', parentId === null ? 'is' : '=', parentId)
    // Sorts by the parent too: otherwise PostgreSQL would sort instead of reading the end of the index.
    .orderBy('parent_id', 'desc')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Math.min((last?.position ?? 0) + positionStep, maxPosition);
}
