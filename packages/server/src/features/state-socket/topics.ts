import type { StateTopic } from '@gatehouse/contract/state-socket';
import { stateTopics } from '@gatehouse/contract/state-socket';
import type { Scope } from '@gatehouse/contract/scopes';
import type { Caller } from '../../kernel/caller.ts';
import type { Event } from '../../kernel/events.ts';
import type { Owner } from '../../kernel/owner.ts';

/** The audience of a socket: an account and the organizations in which it is an active member. */
export interface Audience {
  readonly accountId: number;
  readonly organizationIds: ReadonlySet<number>;
}

const scopeOf: Readonly<Record<StateTopic, Scope>> = {
  IDENTITIES: 'identities:list',
  ENTRIES: 'entries:read',
  CONNECTIONS: 'connections:read',
  ORGANIZATIONS: 'organizations:read',
};

/** The topics that a caller may read: for an API key, those of its scopes. */
export function topicsFor({ scopes }: Caller): readonly StateTopic[] {
  return scopes === 'all' ? stateTopics : stateTopics.filter((topic) => scopes.includes(scopeOf[topic]));
}

/** The topics of the audience that an event may have changed. */
export function topicsOf(event: Event, audience: Audience): readonly StateTopic[] {
  switch (event.type) {
    case 'identities':
      return isAmong(event.owners, audience) ? ['IDENTITIES'] : [];
    case 'entries':
      return isAmong(event.owners, audience) ? ['ENTRIES'] : [];
    case 'connections':
      return event.accountIds.includes(audience.accountId) ? ['CONNECTIONS'] : [];
    case 'organizations':
      return event.accountIds.includes(audience.accountId) ? ['ORGANIZATIONS'] : [];
    case 'missed':
      return stateTopics;
    case 'confirmations':
    case 'session-ended':
    case 'settings':
      return [];
    case 'revoked':
      // Lists contain the caller's rights on each thing.
      return event.what.kind === 'permissions' && event.what.accountId === audience.accountId
        ? ['IDENTITIES', 'ENTRIES']
        : [];
  }
}

/** The organization that the audience loses with this event. */
export function lostOrganization(event: Event, { accountId }: Audience): number | undefined {
  if (event.type !== 'revoked') return undefined;
  const { what } = event;
  if (what.kind === 'organization') return what.organizationId;
  return what.kind === 'membership' && what.accountId === accountId ? what.organizationId : undefined;
}

function isAmong(owners: readonly Owner[], { accountId, organizationIds }: Audience): boolean {
  return owners.some(({ type, id }) => (type === 'account' ? id === accountId : organizationIds.has(id)));
}
