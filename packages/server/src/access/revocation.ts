import type { Caller } from '../kernel/caller.ts';
import { isSignInOf, type Revocation } from '../kernel/events.ts';
import type { Owner } from '../kernel/owner.ts';

/** What a grant is based on; if one of these is revoked, so is the grant. */
export interface GrantBasis {
  /** The caller, and the sign-in that joined last: two sign-ins of one account, or one. */
  readonly callers: readonly Caller[];
  /** Of the entries and of the identities that log in to them. */
  readonly owners: readonly Owner[];
  readonly entryIds: readonly number[];
  readonly identityIds: readonly number[];
}

/** Whether a revocation revokes a grant; `recheck`: only if a repeated decision refuses. */
export type Effect = 'no' | 'yes' | 'recheck';

/** Identities that may no longer be confirmed for these entries. */
interface LostConfirmations {
  readonly kind: 'confirmations';
  readonly entryIds: readonly number[];
}

/** What was revoked, or `unknown`: events of other nodes were lost. */
export type Revoked = Revocation | LostConfirmations | 'unknown';

/** The effect of a revocation on a grant that is based on this. */
export function effectOf(what: Revoked, { callers, owners, entryIds, identityIds }: GrantBasis): Effect {
  if (what === 'unknown') return 'recheck';
  const isOf = (organizationId: number) =>
    owners.some(({ type, id }) => type === 'organization' && id === organizationId);
  const isCallers = 'accountId' in what && callers.some(({ accountId }) => accountId === what.accountId);
  switch (what.kind) {
    case 'account':
    case 'login-session':
    case 'api-key':
      return yes(callers.some((caller) => isSignInOf(caller, what)));
    // A personal thing of the caller may have moved to the organization since.
    case 'membership':
      return isCallers ? yesOrRecheck(isOf(what.organizationId)) : 'no';
    case 'permissions':
      return isCallers ? 'recheck' : 'no';
    case 'organization':
      return yesOrRecheck(isOf(what.organizationId));
    case 'identity':
      return yes(identityIds.includes(what.identityId));
    case 'entry':
      return yes(entryIds.includes(what.entryId));
    case 'confirmations':
      return what.entryIds.some((id) => entryIds.includes(id)) ? 'recheck' : 'no';
  }
}

function yesOrRecheck(hit: boolean): 'yes' | 'recheck' {
  return hit ? 'yes' : 'recheck';
}

function yes(hit: boolean): 'yes' | 'no' {
  return hit ? 'yes' : 'no';
}
