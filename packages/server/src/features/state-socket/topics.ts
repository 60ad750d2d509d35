import type { StateTopic } from '@gatehouse/contract/live';
import { stateTopics } from '@gatehouse/contract/live';
import type { Scope } from '@gatehouse/contract/scopes';
import type { Caller } from '../../kernel/caller.ts';
import type { Event } from '../../kernel/events.ts';
import type { Owner } from '../../kernel/owner.ts';

/** Who listens: an account and the organizations in which it is an active member. */
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

/** What a caller may hear of: an API key of the lists that it may read. */
export function topicsFor({ scopes }: Caller): readonly StateTopic[] {
  return scopes === 'all' ? stateTopics : stateTopics.filter((topic) => scopes.includes(scopeOf[topic]));
}

/** Which lists of the audience an event may have changed. */
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
      // The lists say what one may do with what is on them.
      return event.what.kind === 'permissions' && event.what.accountId === audience.accountId
        ? ['IDENTITIES', 'ENTRIES']
        : [];
  }
}

/** The organization that the audience has lost with this event. */
export function lostOrganization(event: Event, { accountId }: Audience): number | undefined {
  if (event.type !== 'revoked') return undefined;
  const { what } = event;
  if (what.kind === 'organization') return what.organizationId;
  return what.kind === 'membership' && what.accountId === accountId ? what.organizationId : undefined;
}

function isAmong(owners: readonly Owner[], { accountId, organizationIds }: Audience): boolean {
  return owners.some(({ type, id }) => (type === 'account' ? id === accountId : organizationIds.has(id)));
}
