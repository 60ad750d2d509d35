import type { Events } from '../../kernel/events.ts';

/** After a commit that gave an account an organization or took it away: its lists are other ones now, and so is everybody's list of members. */
export function announceMembership(events: Events, accountId: number, memberIds: readonly number[]): void {
  const own = [{ type: 'account', id: accountId }] as const;
  events.emit({ type: 'organizations', accountIds: [...new Set([...memberIds, accountId])] });
  events.emit({ type: 'identities', owners: own });
  events.emit({ type: 'entries', owners: own });
}

/** After a commit that ended a membership; live sessions that rest on it end. */
export function announceEnd(
  events: Events,
  ended: { readonly organizationId: number; readonly accountId: number },
  memberIds: readonly number[],
): void {
  events.emit({ type: 'revoked', what: { kind: 'membership', ...ended } });
  announceMembership(events, ended.accountId, memberIds);
  // Its personal identities went off the organization's entries.
  events.emit({ type: 'entries', owners: [{ type: 'organization', id: ended.organizationId }] });
}

/** After a commit that took away everything that belonged to an organization. */
export function announceDeletion(events: Events, organizationId: number, memberIds: readonly number[]): void {
  // Personal entries of members could refer to identities of the organization.
  const owners = [
    { type: 'organization', id: organizationId } as const,
    ...memberIds.map((id) => ({ type: 'account', id }) as const),
  ];
  events.emit({ type: 'revoked', what: { kind: 'organization', organizationId } });
  events.emit({ type: 'organizations', accountIds: memberIds });
  events.emit({ type: 'identities', owners });
  events.emit({ type: 'entries', owners });
}
