import type { Caller } from './caller.ts';
import type { Owner } from './owner.ts';

/** Whose access ended. Live sessions that rest on it end, and caches forget it. */
export type Revocation =
  | { readonly kind: 'account'; readonly accountId: number }
  | { readonly kind: 'login-session'; readonly id: number; readonly accountId: number }
  | { readonly kind: 'api-key'; readonly id: number; readonly accountId: number }
  | { readonly kind: 'membership'; readonly organizationId: number; readonly accountId: number }
  | { readonly kind: 'permissions'; readonly organizationId: number; readonly accountId: number }
  | { readonly kind: 'organization'; readonly organizationId: number }
  | { readonly kind: 'identity'; readonly identityId: number }
  | { readonly kind: 'entry'; readonly entryId: number };

/** What has changed, told after the commit. */
export type Event =
  | { readonly type: 'identities'; readonly owners: readonly Owner[] }
  | { readonly type: 'entries'; readonly owners: readonly Owner[] }
  | { readonly type: 'organizations'; readonly accountIds: readonly number[] }
  | { readonly type: 'connections'; readonly accountIds: readonly number[] }
  | { readonly type: 'revoked'; readonly what: Revocation };

/** Tells the parts of this process what has been committed. Listeners run at once, in order, and must not throw. */
export interface Events {
  emit(event: Event): void;
  /** Returns what ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(event: Event) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Whether what ended is the sign-in of this caller, by itself or with the account. */
export function isSignInOf(caller: Pick<Caller, 'accountId' | 'via' | 'credentialId'>, what: Revocation): boolean {
  switch (what.kind) {
    case 'account':
      return what.accountId === caller.accountId;
    case 'login-session':
      return caller.via === 'session' && what.id === caller.credentialId;
    case 'api-key':
      return caller.via === 'api-key' && what.id === caller.credentialId;
    case 'membership':
    case 'permissions':
    case 'organization':
    case 'identity':
    case 'entry':
      return false;
  }
}
