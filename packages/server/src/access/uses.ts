import type { MessageCode } from '@gatehouse/contract/messages/message';
import { entryUses, type EntryUse } from '@gatehouse/contract/entries';
import type { EntryProtocol } from '@gatehouse/contract/entry-config';
import type { Permission } from '@gatehouse/contract/permissions';
import type { Owner } from '../kernel/owner.ts';
import { may, type Rights } from '../kernel/rights.ts';

/** The uses of servers. Every use is authorized by its row of `useRules`. */
export type Use = EntryUse;

/** The requirements of a use: each permission is on the owner of the thing; personal things need none. */
interface UseRule {
  /** Required on the owner of the entry. */
  readonly entry: Permission;
  /** Required on the owner of the identity that logs in to the entry. */
  readonly identity: Permission;
  /** Required on the owner of every jump host, and of the identity that logs in to it. */
  readonly jumpHost: Permission;
  /** The protocol that the entry must have. */
  readonly protocols: readonly EntryProtocol[];
  /** Whether an identity logs in to the entry; otherwise only to its jump hosts. */
  readonly logsIn: boolean;
}

const ssh = {
  entry: 'connect.ssh',
  identity: 'connect.ssh',
  jumpHost: 'connect.ssh',
  protocols: ['ssh', 'sftp'],
} as const;

/** The rule of each use. A new use is a new row; one without a row does not compile. */
export const useRules = {
  terminal: { ...ssh, logsIn: true },
  exec: { ...ssh, logsIn: true },
  test: { ...ssh, logsIn: true },
  scan: { ...ssh, logsIn: false },
} as const satisfies Record<Use, UseRule>;

/** The permissions that uses need. */
export type UsePermission = (typeof useRules)[Use]['entry' | 'identity' | 'jumpHost'];

/** Whether the permissions on the owner of an entry allow its use: as the target, or as a jump host. */
export function mayUse(rights: Rights, owner: Owner, use: Use, as: 'entry' | 'jumpHost' = 'entry'): boolean {
  return may(rights, owner, useRules[use][as]);
}

/** The uses that the permissions on the owner of an entry allow. */
export function allowedUses(rights: Rights, owner: Owner): Use[] {
  return entryUses.filter((use) => mayUse(rights, owner, use));
}

/** Whether the permissions on the owner of an identity allow any login with it. */
export function mayLogInWith(rights: Rights, owner: Owner): boolean {
  return entryUses.some((use) => useRules[use].logsIn && may(rights, owner, useRules[use].identity));
}

/** Whether the permissions on the owner of an identity include deciding where it may be used. */
export function mayConfirm(rights: Rights, owner: Owner): boolean {
  return may(rights, owner, 'identities.manage');
}

/** The messages for missing permissions. */
export const denials = {
  'connect.ssh': {
    entry: 'connection_denied',
    identity: 'identity_use_denied',
  },
} as const satisfies Record<UsePermission, { readonly entry: MessageCode; readonly identity: MessageCode }>;
