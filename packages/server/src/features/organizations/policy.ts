import type { Permission } from '@gatehouse/contract/permissions';

/** The role of an active member, with the effective permissions. */
export interface MemberRights {
  readonly role: 'owner' | 'member';
  readonly permissions: ReadonlySet<Permission>;
}

/** Deletion, transfer of ownership and permissions: only the owner. A member with these rights could become the owner. */
export function isOwner({ role }: MemberRights): boolean {
  return role === 'owner';
}

/** Name and description: the owner, and members with `org.manage`. */
export function mayUpdate({ permissions }: MemberRights): boolean {
  return permissions.has('org.manage');
}

/** The default identity is used by others: requires `identities.manage` and `org.manage`. */
export function mayChooseDefaultIdentity(member: MemberRights): boolean {
  return mayUpdate(member) && member.permissions.has('identities.manage');
}

/** The host-key policy applies to servers: requires `resources.manage` and `org.manage`. */
export function mayChooseHostKeyPolicy(member: MemberRights): boolean {
  return mayUpdate(member) && member.permissions.has('resources.manage');
}

/** Inviting, and removing ordinary members: the owner, and members with `org.members.manage`. */
export function mayManageMembers({ permissions }: MemberRights): boolean {
  return permissions.has('org.members.manage');
}
