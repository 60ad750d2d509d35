import type { Db } from '../../kernel/db/database.ts';
import type { Rights } from '../../kernel/rights.ts';
import { effectivePermissions, overridesSchema } from './rights.ts';

/** Reads an account's rights; inside a transaction, including its uncommitted changes. */
export async function rightsOf(db: Db, accountId: number): Promise<Rights> {
  const rows = await db
    .selectFrom('memberships')
    .select(['organization_id', 'role', 'permissions'])
    .where('account_id', '=', accountId)
    .where('status', '=', 'active')
    .execute();
  const organizations = rows.map(
    ({ organization_id, role, permissions: text }) =>
      [organization_id, effectivePermissions(role, overridesSchema.parse(JSON.parse(text)))] as const,
  );
  return { accountId, organizations: new Map(organizations) };
}
