import type { UnitOfWork } from '../../change/change.ts';

/** Emits that an account joined or was invited: its lists change, and the list of members of all others. */
export function announceMembership({ emit }: UnitOfWork, accountId: number, memberIds: readonly number[]): void {
  const own = [{ type: 'account', id: accountId }] as const;
  emit({ type: 'organizations', accountIds: [...new Set([...memberIds, accountId])] });
  emit({ type: 'identities', owners: own });
  emit({ type: 'entries', owners: own });
}

/** Emits that a membership ended; live sessions that are based on it end. */
export function announceEnd(
  unit: UnitOfWork,
  ended: { readonly organizationId: number; readonly accountId: number },
  memberIds: readonly number[],
): void {
  unit.emit({ type: 'revoked', what: { kind: 'membership', ...ended } });
  announceMembership(unit, ended.accountId, memberIds);
  // Its personal identities were unlinked from the organization's entries.
  unit.emit({ type: 'entries', owners: [{ type: 'organization', id: ended.organizationId }] });
}

/** Emits that an organization was deleted with everything in it. */
export function announceDeletion({ emit }: UnitOfWork, organizationId: number, memberIds: readonly number[]): void {
  // Personal entries of members may have referred to identities of the organization.
  const owners = [
    { type: 'organization', id: organizationId } as const,
    ...memberIds.map((id) => ({ type: 'account', id }) as const),
  ];
  emit({ type: 'revoked', what: { kind: 'organization', organizationId } });
  emit({ type: 'organizations', accountIds: memberIds });
  emit({ type: 'identities', owners });
  emit({ type: 'entries', owners });
}
