import type { UnitOfWork } from '../../change/change.ts';

/** Tells that an account got an organization or lost it: its lists are other ones now, and so is everybody's list of members. */
export function announceMembership({ emit }: UnitOfWork, accountId: number, memberIds: readonly number[]): void {
  const own = [{ type: 'account', id: accountId }] as const;
  emit({ type: 'organizations', accountIds: [...new Set([...memberIds, accountId])] });
  emit({ type: 'identities', owners: own });
  emit({ type: 'entries', owners: own });
}

/** Tells that a membership ended; live sessions that rest on it end. */
export function announceEnd(
  unit: UnitOfWork,
  ended: { readonly organizationId: number; readonly accountId: number },
  memberIds: readonly number[],
): void {
  unit.emit({ type: 'revoked', what: { kind: 'membership', ...ended } });
  announceMembership(unit, ended.accountId, memberIds);
  // Its personal identities went off the organization's entries.
  unit.emit({ type: 'entries', owners: [{ type: 'organization', id: ended.organizationId }] });
}

/** Tells that everything is gone that belonged to an organization. */
export function announceDeletion({ emit }: UnitOfWork, organizationId: number, memberIds: readonly number[]): void {
  // Personal entries of members could refer to identities of the organization.
  const owners = [
    { type: 'organization', id: organizationId } as const,
    ...memberIds.map((id) => ({ type: 'account', id }) as const),
  ];
  emit({ type: 'revoked', what: { kind: 'organization', organizationId } });
  emit({ type: 'organizations', accountIds: memberIds });
  emit({ type: 'identities', owners });
  emit({ type: 'entries', owners });
}
