import type { Trx } from '../../kernel/db/database.ts';

/** Clears the default of organizations whose default is this identity. */
export async function forgetDefaultIdentity(trx: Trx, identityId: number): Promise<void> {
  await trx
    .updateTable('organizations')
    .set({ default_identity_id: null })
    .where('default_identity_id', '=', identityId)
    .execute();
}
