import type { MemberPermissions } from '@gatehouse/contract/organizations';
import type { Permission } from '@gatehouse/contract/permissions';

/** The owner's decision about one permission of a member. */
export type Setting = MemberPermissions[Permission];

/** Permissions that belong together. */
export interface RightsGroup {
  readonly name: 'servers' | 'identities' | 'organization' | 'desktops' | 'files' | 'scripts';
  readonly permissions: readonly Permission[];
}

/** The permissions that this version checks, the most used first. */
export const groups: readonly RightsGroup[] = [
  { name: 'servers', permissions: ['connect.ssh', 'resources.manage'] },
  { name: 'identities', permissions: ['identities.manage'] },
  { name: 'organization', permissions: ['org.manage', 'org.members.manage', 'org.audit.view'] },
];

/** Permissions that can be set already, but that no part of this version checks. */
export const laterGroups: readonly RightsGroup[] = [
  { name: 'desktops', permissions: ['connect.rdp', 'connect.vnc', 'connect.tunnel'] },
  { name: 'files', permissions: ['files.view', 'files.upload', 'files.download', 'files.modify'] },
  { name: 'scripts', permissions: ['snippets.manage', 'scripts.manage', 'scripts.execute', 'audit.view'] },
];

/** The default of a permission for members: allowed, except for managing the organization. */
export function defaultOf(permission: Permission): 'allow' | 'deny' {
  return permission.startsWith('org.') ? 'deny' : 'allow';
}

/** Whether the permission is effective. */
export function effectOf(permission: Permission, setting: Setting): 'allow' | 'deny' {
  return setting === 'neutral' ? defaultOf(permission) : setting;
}

/** All permissions at their default. */
export function allDefault(settings: MemberPermissions): MemberPermissions {
  return Object.fromEntries(Object.keys(settings).map((name) => [name, 'neutral'])) as MemberPermissions;
}
