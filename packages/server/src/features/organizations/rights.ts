import { permissions, permissionSchema, type Permission } from '@gatehouse/contract/permissions';
import { z } from 'zod';
import type { Db } from '../../kernel/db/database.ts';
import type { Rights } from '../../kernel/rights.ts';

/** What the owner of an organization changed of a member's permissions. */
export const overridesSchema = z.partialRecord(permissionSchema, z.enum(['allow', 'deny']));

/** The permissions in force: the owner has all, a member all but the `org.*` ones, as far as the owner has not said otherwise. */
export function effectivePermissions(
  role: 'owner' | 'member',
  overrides: z.output<typeof overridesSchema>,
): ReadonlySet<Permission> {
  if (role === 'owner') return new Set(permissions);
  return new Set(
    permissions.filter((id) => {
      const override = overrides[id];
      return override === undefined ? !id.startsWith('org.') : override === 'allow';
    }),
  );
}

/** Reads an account's rights as they are now; inside a transaction, as they will be when it commits. */
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
