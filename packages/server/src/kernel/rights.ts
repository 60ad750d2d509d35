import type { Permission } from '@gatehouse/contract/permissions';
import type { Owner } from './owner.ts';

/** The rights of an account on its own things and on those of the organizations in which it is an active member. */
export interface Rights {
  readonly accountId: number;
  /** Only active memberships, with the effective permissions. */
  readonly organizations: ReadonlyMap<number, ReadonlySet<Permission>>;
}

/** Whether the account can see things of this owner. */
export function sees(rights: Rights, owner: Owner): boolean {
  return owner.type === 'account' ? owner.id === rights.accountId : rights.organizations.has(owner.id);
}

/** Whether the account may do this with things of this owner: everything with its own, and what it has permission for with an organization's. */
export function may(rights: Rights, owner: Owner, permission: Permission): boolean {
  return owner.type === 'account'
    ? owner.id === rights.accountId
    : (rights.organizations.get(owner.id)?.has(permission) ?? false);
}
