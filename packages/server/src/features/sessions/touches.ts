import type { Caller } from '../../kernel/caller.ts';
import type { Revocation } from '../../kernel/events.ts';
import type { Owner } from '../../kernel/owner.ts';

/** What a live session rests on; when one of them goes, the session goes. */
export interface Touches {
  readonly caller: Caller;
  readonly owners: readonly Owner[];
  readonly entryIds: readonly number[];
  readonly identityIds: readonly number[];
}

/** Whether a revocation takes away what the session rests on; `recheck`: only if the permission that it needs is gone. */
export function isHitBy(touches: Touches, what: Revocation): 'no' | 'yes' | 'recheck' {
  const { caller } = touches;
  const inOrganization = (id: number) =>
    touches.owners.some((owner) => owner.type === 'organization' && owner.id === id);
  switch (what.kind) {
    case 'account':
      return yes(what.accountId === caller.accountId);
    case 'login-session':
      return yes(caller.via === 'session' && what.id === caller.credentialId);
    case 'api-key':
      return yes(caller.via === 'api-key' && what.id === caller.credentialId);
    case 'membership':
      return yes(what.accountId === caller.accountId && inOrganization(what.organizationId));
    case 'permissions':
      return what.accountId === caller.accountId && inOrganization(what.organizationId) ? 'recheck' : 'no';
    case 'organization':
      return yes(inOrganization(what.organizationId));
    case 'identity':
      return yes(touches.identityIds.includes(what.identityId));
    case 'entry':
      return yes(touches.entryIds.includes(what.entryId));
  }
}

function yes(hit: boolean): 'yes' | 'no' {
  return hit ? 'yes' : 'no';
}
