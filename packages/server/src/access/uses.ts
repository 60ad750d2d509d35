import type { MessageCode } from '@gatehouse/contract/messages/message';
import { entryUses, type EntryUse } from '@gatehouse/contract/entries';
import type { EntryProtocol } from '@gatehouse/contract/entry-config';
import type { Permission } from '@gatehouse/contract/permissions';
import type { Owner } from '../kernel/owner.ts';
import { may, type Rights } from '../kernel/rights.ts';

/** What servers are used for. Every use is authorized by its row of `useRules`. */
export type Use = EntryUse;

/** What a use needs: each permission on the owner of the thing; personal things need none. */
interface UseRule {
  /** On the owner of the entry. */
  readonly entry: Permission;
  /** On the owner of the identity that logs in to the entry. */
  readonly identity: Permission;
  /** On the owner of every jump host, and of the identity that logs in to it. */
  readonly jumpHost: Permission;
  /** What the entry must speak. */
  readonly protocols: readonly EntryProtocol[];
  /** Whether an identity of the caller logs in to the entry; otherwise to its jump hosts alone. */
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

/** The permissions that some use needs. */
export type UsePermission = (typeof useRules)[Use]['entry' | 'identity' | 'jumpHost'];

/** Whether the permissions on the owner of a machine allow the use of it: as the server itself, or as a jump host. */
export function mayUse(rights: Rights, owner: Owner, use: Use, as: 'entry' | 'jumpHost' = 'entry'): boolean {
  return may(rights, owner, useRules[use][as]);
}

/** What the permissions on the owner of an entry allow it to be used for. */
export function allowedUses(rights: Rights, owner: Owner): Use[] {
  return entryUses.filter((use) => mayUse(rights, owner, use));
}

/** Whether the permissions on the owner of an identity allow some login with it. */
export function mayLogInWith(rights: Rights, owner: Owner): boolean {
  return entryUses.some((use) => useRules[use].logsIn && may(rights, owner, useRules[use].identity));
}

/** Whether the permissions on the owner of an identity include the decision where it may be used. */
export function mayConfirm(rights: Rights, owner: Owner): boolean {
  return may(rights, owner, 'identities.manage');
}

/** What is said where a permission is missing. */
export const denials = {
  'connect.ssh': {
    entry: 'connection_denied',
    identity: 'identity_use_denied',
  },
} as const satisfies Record<UsePermission, { readonly entry: MessageCode; readonly identity: MessageCode }>;
