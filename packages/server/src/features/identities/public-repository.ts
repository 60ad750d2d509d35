import type { Db } from '../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';

/** The owner of an identity; undefined if there is no such identity. */
export async function findIdentityOwner(db: Db, identityId: number): Promise<Owner | undefined> {
  const row = await db
    .selectFrom('identities')
    .select(['account_id', 'organization_id'])
    .where('id', '=', identityId)
    .executeTakeFirst();
  return row && ownerOf(row);
}
