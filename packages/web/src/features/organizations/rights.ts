import type { MemberPermissions } from '@gatehouse/contract/organizations';
import type { Permission } from '@gatehouse/contract/permissions';

/** What the owner has said of one permission of a member. */
export type Setting = MemberPermissions[Permission];

/** Permissions that belong together. */
export interface RightsGroup {
  readonly name: 'servers' | 'identities' | 'organization' | 'desktops' | 'files' | 'scripts';
  readonly permissions: readonly Permission[];
}

/** What the server asks for today, the most asked for first. */
export const groups: readonly RightsGroup[] = [
  { name: 'servers', permissions: ['connect.ssh', 'resources.manage'] },
  { name: 'identities', permissions: ['identities.manage'] },
  { name: 'organization', permissions: ['org.manage', 'org.members.manage', 'org.audit.view'] },
];

/** What can be set already and is asked for by no part of this version. */
export const laterGroups: readonly RightsGroup[] = [
  { name: 'desktops', permissions: ['connect.rdp', 'connect.vnc', 'connect.tunnel'] },
  { name: 'files', permissions: ['files.view', 'files.upload', 'files.download', 'files.modify'] },
  { name: 'scripts', permissions: ['snippets.manage', 'scripts.manage', 'scripts.execute', 'audit.view'] },
];

/** What a member may do without a word of the owner: everything but to govern the organization. */
export function defaultOf(permission: Permission): 'allow' | 'deny' {
  return permission.startsWith('org.') ? 'deny' : 'allow';
}

/** What is in force. */
export function effectOf(permission: Permission, setting: Setting): 'allow' | 'deny' {
  return setting === 'neutral' ? defaultOf(permission) : setting;
}

/** Every permission left to its default. */
export function allDefault(settings: MemberPermissions): MemberPermissions {
  return Object.fromEntries(Object.keys(settings).map((name) => [name, 'neutral'])) as MemberPermissions;
}
