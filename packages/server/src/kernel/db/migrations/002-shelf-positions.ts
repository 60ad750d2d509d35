import type { Kysely } from 'kysely';

/** What stands last in a folder, or at the top of an owner, is found without reading all that the owner has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, shelf] of [
    ['entries', 'folder_id'],
    ['folders', 'parent_id'],
  ] as const)
    for (const owner of ['account', 'organization'])
      await db.schema
        .createIndex(`${table}_${owner}_position`)
        .on(table)
        .columns([`${owner}_id`, shelf, 'position'])
        .execute();
}
