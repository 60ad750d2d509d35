import type { Permission } from '@gatehouse/contract/permissions';
import type { Owner } from './owner.ts';

/** What an account may do with what belongs to it and to the organizations in which it is an active member. */
export interface Rights {
  readonly accountId: number;
  /** Active memberships only, with the permissions in force there. */
  readonly organizations: ReadonlyMap<number, ReadonlySet<Permission>>;
}

/** Whether things of this owner exist as far as the account can tell. */
export function sees(rights: Rights, owner: Owner): boolean {
  return owner.type === 'account' ? owner.id === rights.accountId : rights.organizations.has(owner.id);
}

/** Whether the account may do this with things of this owner: with its own all, with an organization's what it has permission for. */
export function may(rights: Rights, owner: Owner, permission: Permission): boolean {
  return owner.type === 'account'
    ? owner.id === rights.accountId
    : (rights.organizations.get(owner.id)?.has(permission) ?? false);
}
