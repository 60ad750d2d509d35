import { z } from 'zod';
import { isSameCredential, type Caller } from './caller.ts';

const id = z.int();
const owners = z.array(z.strictObject({ type: z.enum(['account', 'organization']), id })).readonly();
const accountIds = z.array(id).readonly();

/** What was revoked. Live sessions that are based on it end, and caches drop it. */
const revocationSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('account'), accountId: id }),
    z.strictObject({ kind: z.literal('login-session'), id, accountId: id }),
    z.strictObject({ kind: z.literal('api-key'), id, accountId: id }),
    z.strictObject({ kind: z.literal('membership'), organizationId: id, accountId: id }),
    z.strictObject({ kind: z.literal('permissions'), organizationId: id, accountId: id }),
    z.strictObject({ kind: z.literal('organization'), organizationId: id }),
    z.strictObject({ kind: z.literal('identity'), identityId: id }),
    z.strictObject({ kind: z.literal('entry'), entryId: id }),
  ])
  .readonly();

/** What has changed, emitted after the commit. A schema reads it, because other nodes, perhaps of another version, send it too. */
export const eventSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('identities'), owners }),
    z.strictObject({ type: z.literal('entries'), owners }),
    z.strictObject({ type: z.literal('organizations'), accountIds }),
    z.strictObject({ type: z.literal('connections'), accountIds }),
    z.strictObject({ type: z.literal('revoked'), what: revocationSchema }),
    // Identities may no longer be confirmed for these entries: sessions that use one there are authorized again.
    z.strictObject({ type: z.literal('confirmations'), entryIds: z.array(id).readonly() }),
    // An account ends a session that another node has: its own, or `by` name that of a member.
    z.strictObject({ type: z.literal('session-ended'), sessionId: id, by: z.string().optional() }),
    // The table of settings has changed.
    z.strictObject({ type: z.literal('settings') }),
    // Events of other nodes were lost: anything may have changed, and any access may have been revoked.
    z.strictObject({ type: z.literal('missed') }),
  ])
  .readonly();

/** See `eventSchema`. */
export type Event = z.output<typeof eventSchema>;
/** See `revocationSchema`. */
export type Revocation = z.output<typeof revocationSchema>;

/** The events of committed changes. */
export interface EventStream {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void;
}

/**
 * Emits what has been committed. Listeners of this process run at once, in order, those of other nodes soon after. All are called; `emit` then throws
 * the error of a listener of this process.
 */
export interface Events extends EventStream {
  emit(event: Event): void;
}

/** The events of a process that may be one of several. */
export interface NodeEvents extends Events {
  /** Notifies only the listeners of this process. */
  deliver(event: Event): void;
}

/** `relay` sends events to the other nodes; it must not throw. */
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

/** Whether the revocation is of this caller's sign-in, alone or with the account. */
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
