import type { Permission } from '@gatehouse/contract/permissions';

/** What an active member is in an organization, with the permissions in force. */
export interface MemberRights {
  readonly role: 'owner' | 'member';
  readonly permissions: ReadonlySet<Permission>;
}

/** Deleting, handing over and permissions are the owner's alone: whoever could do them could make himself the owner. */
export function isOwner({ role }: MemberRights): boolean {
  return role === 'owner';
}

/** Name and description: the owner, and members to whom the owner gave `org.manage`. */
export function mayUpdate({ permissions }: MemberRights): boolean {
  return permissions.has('org.manage');
}

/** The default identity is one that others then use: it asks for `identities.manage` beside `org.manage`. */
export function mayChooseDefaultIdentity(member: MemberRights): boolean {
  return mayUpdate(member) && member.permissions.has('identities.manage');
}

/** The host-key policy holds for servers: it asks for `resources.manage` beside `org.manage`. */
export function mayChooseHostKeyPolicy(member: MemberRights): boolean {
  return mayUpdate(member) && member.permissions.has('resources.manage');
}

/** Inviting, and removing ordinary members: the owner, and members to whom the owner gave `org.members.manage`. */
export function mayManageMembers({ permissions }: MemberRights): boolean {
  return permissions.has('org.members.manage');
}
