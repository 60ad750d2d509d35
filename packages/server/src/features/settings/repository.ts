import type { Db, Trx } from '../../kernel/db/database.ts';

/** What administrators set, by name. */
export async function readSettings(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('settings').select(['name', 'value']).execute();
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/** Whether an account administers the server at this moment. */
export async function isAdministrator(db: Db, accountId: number): Promise<boolean> {
  const query = db.selectFrom('accounts').select('id').where('id', '=', accountId);
  return (await query.where('is_admin', '=', 1).where('disabled', '=', 0).executeTakeFirst()) !== undefined;
}

interface Row {
  readonly name: string;
  readonly value: string;
  readonly changedBy: number;
  readonly changedAt: string;
}

/** Stores a value, or replaces the one that is stored. */
export async function writeSetting(trx: Trx, { name, value, changedBy, changedAt }: Row): Promise<void> {
  const changed = { value, changed_by: changedBy, changed_at: changedAt };
  await trx
    .insertInto('settings')
    .values({ name, ...changed })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(changed))
    .execute();
}

/** Deletes the stored value, so that the default applies. */
export async function deleteSetting(trx: Trx, name: string): Promise<void> {
  await trx.deleteFrom('settings').where('name', '=', name).execute();
}
