import { permissions, permissionSchema, type Permission } from '@gatehouse/contract/permissions';
import { z } from 'zod';

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
