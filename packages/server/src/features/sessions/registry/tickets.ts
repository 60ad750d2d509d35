import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../../../kernel/caller.ts';

/** How long a ticket is valid, and a session waits for its first client. */
export const ticketLifetimeMs = 30_000;
/** 128 bits. */
const ticketBytes = 16;

interface Ticket {
  readonly sessionId: number;
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

/** One-time tickets for WebSockets, which cannot carry a bearer token without putting it into a URL. */
export interface Tickets {
  /** A ticket for one session and one sign-in. */
  issue(sessionId: number, caller: Caller): { readonly ticket: string; readonly expiresAt: string };
  /** Redeems a ticket; `undefined` if it is unknown, used, expired or for another session. It is used up in any case. */
  redeem(ticket: string, sessionId: number): Caller | undefined;
  /** Voids the matching tickets. */
  revoke(matches: (caller: Caller) => boolean): void;
}

/** Tickets of this process; each is valid for one connection. */
export function createTickets(now: () => Date): Tickets {
  // Stored by hash, so that a memory dump contains no valid tickets.
  const issued = new Map<string, Ticket>();
  const forgetExpired = (nowMs: number) => {
    // A map keeps the order of insertion, and all tickets are valid equally long: the oldest come first.
    for (const [hash, { expiresAtMs }] of issued) {
      if (expiresAtMs > nowMs) return;
      issued.delete(hash);
    }
  };
  return {
    issue(sessionId, caller) {
      const nowMs = now().getTime();
      forgetExpired(nowMs);
      const ticket = randomBytes(ticketBytes).toString('base64url');
      const expiresAtMs = nowMs + ticketLifetimeMs;
      issued.set(hashOf(ticket), { sessionId, caller, expiresAtMs });
      return { ticket, expiresAt: new Date(expiresAtMs).toISOString() };
    },
    redeem(ticket, sessionId) {
      const hash = hashOf(ticket);
      const found = issued.get(hash);
      issued.delete(hash);
      if (found?.sessionId !== sessionId || found.expiresAtMs <= now().getTime()) return undefined;
      return found.caller;
    },
    revoke(matches) {
      for (const [hash, { caller }] of issued) if (matches(caller)) issued.delete(hash);
    },
  };
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64');
}
