import { isSameCredential, type Caller } from './caller.ts';
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
  | { readonly type: 'revoked'; readonly what: Revocation }
  /** Identities may no longer be confirmed for these entries: whoever uses one there is authorized again. */
  | { readonly type: 'confirmations'; readonly entryIds: readonly number[] }
  /** Somebody ends a session that another node has. */
  | { readonly type: 'session-ended'; readonly sessionId: number }
  /** The table of settings has changed. */
  | { readonly type: 'settings' }
  /** What happened at other nodes for a while is not known: everything may have changed, and any access may have ended. */
  | { readonly type: 'missed' };

export const eventTypes: readonly string[] = [
  'identities',
  'entries',
  'organizations',
  'connections',
  'revoked',
  'confirmations',
  'session-ended',
  'settings',
  'missed',
] satisfies Event['type'][];

/**
 * Tells what has been committed. Listeners of this process run at once, in order, those of other nodes soon after. All are told; `emit` throws
 * afterwards what a listener of this process threw.
 */
export interface Events {
  emit(event: Event): void;
  /** Returns what ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** The events of a process that may be one of several. */
export interface NodeEvents extends Events {
  /** Tells the listeners of this process alone. */
  deliver(event: Event): void;
}

/** `relay` takes events to the other nodes; it must not throw. */
export function createEvents(relay?: (event: Event) => void): NodeEvents {
  const listeners = new Set<(event: Event) => void>();
  const deliver = (event: Event) => {
    const errors: unknown[] = [];
    for (const listener of listeners)
      try {
        listener(event);
      } catch (error) {
        errors.push(error);
      }
    if (errors.length > 0) throw new AggregateError(errors, `listeners of the event ${event.type} failed`);
  };
  return {
    deliver,
    emit(event) {
      try {
        deliver(event);
      } finally {
        relay?.(event);
      }
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
export function isSignInOf(caller: Pick<Caller, 'accountId' | 'via'>, what: Revocation): boolean {
  switch (what.kind) {
    case 'account':
      return what.accountId === caller.accountId;
    case 'login-session':
      return isSameCredential(caller.via, { type: 'session', id: what.id });
    case 'api-key':
      return isSameCredential(caller.via, { type: 'api-key', id: what.id });
    case 'membership':
    case 'permissions':
    case 'organization':
    case 'identity':
    case 'entry':
      return false;
  }
}
