import { permissions, permissionSchema, type Permission } from '@gatehouse/contract/permissions';
import { z } from 'zod';

/** The owner's overrides of a member's permissions. */
export const overridesSchema = z.partialRecord(permissionSchema, z.enum(['allow', 'deny']));

/** The effective permissions: the owner has all, a member all but the `org.*` ones, unless overridden. */
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
