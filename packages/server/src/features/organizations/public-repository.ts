import type { Trx } from '../../kernel/db/database.ts';

/** Leaves the organizations whose default is this identity without one. */
export async function forgetDefaultIdentity(trx: Trx, identityId: number): Promise<void> {
  await trx
    .updateTable('organizations')
    .set({ default_identity_id: null })
    .where('default_identity_id', '=', identityId)
    .execute();
}
