import type { Db, Trx } from '../../kernel/db/database.ts';

/** Whether the organization exists. */
export async function organizationExists(db: Db, id: number): Promise<boolean> {
  const row = await db.selectFrom('organizations').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Clears the default of organizations whose default is this identity. */
export async function forgetDefaultIdentity(trx: Trx, identityId: number): Promise<void> {
  await trx
    .updateTable('organizations')
    .set({ default_identity_id: null })
    .where('default_identity_id', '=', identityId)
    .execute();
}
