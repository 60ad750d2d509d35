import type { Caller } from '../../kernel/caller.ts';
import { isSignInOf, type Revocation } from '../../kernel/events.ts';
import type { Owner } from '../../kernel/owner.ts';

/** What a live session rests on; when one of them goes, the session goes. */
export interface Touches {
  /** Who opened it and who joined it last: two sign-ins of one account, or one. */
  readonly callers: readonly Caller[];
  /** Whose servers are on the way. */
  readonly servers: readonly Owner[];
  /** Whose identities log in to them. */
  readonly identities: readonly Owner[];
  readonly entryIds: readonly number[];
  readonly identityIds: readonly number[];
}

/** Whether a revocation takes away what the session rests on; `recheck`: only if the permission that it needs is gone. */
export function isHitBy(touches: Touches, what: Revocation): 'no' | 'yes' | 'recheck' {
  const { callers, servers, identities } = touches;
  const isOf = (organizationId: number) => (owner: Owner) =>
    owner.type === 'organization' && owner.id === organizationId;
  const isMine = 'accountId' in what && callers.some(({ accountId }) => accountId === what.accountId);
  switch (what.kind) {
    case 'account':
    case 'login-session':
    case 'api-key':
      return yes(callers.some((caller) => isSignInOf(caller, what)));
    case 'membership':
      return yes(isMine && [...servers, ...identities].some(isOf(what.organizationId)));
    case 'permissions':
      return isMine && [...servers, ...identities].some(isOf(what.organizationId)) ? 'recheck' : 'no';
    case 'organization':
      return yes([...servers, ...identities].some(isOf(what.organizationId)));
    case 'identity':
      return yes(touches.identityIds.includes(what.identityId));
    case 'entry':
      return yes(touches.entryIds.includes(what.entryId));
  }
}

function yes(hit: boolean): 'yes' | 'no' {
  return hit ? 'yes' : 'no';
}
