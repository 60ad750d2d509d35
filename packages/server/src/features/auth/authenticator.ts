import { hash, timingSafeEqual } from 'node:crypto';
import { refuse, type AppError } from '../../kernel/app-error.ts';
import type { Caller, CredentialType } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { isSignInOf, type EventStream } from '../../kernel/events.ts';
import type { Authenticate } from '../../kernel/http/authenticate.ts';
import type { Activity } from './activity.ts';
import { storedScopes } from './api-keys.ts';
import type { Clock } from './clock.ts';
import { findApiKey, findApiKeyExpiry, findSignIn, findSignInTimes } from './repository.ts';
import { createTokenCache, type Authenticated } from './token-cache.ts';
import { hashToken, isSignInToken, parseApiKey } from './tokens.ts';

/** The largest difference between the clocks of two nodes, or of one before and after a restart. */
const clockToleranceMs = 5 * 60_000;

interface Dependencies {
  readonly database: Database;
  readonly events: EventStream;
  readonly activity: Activity;
  readonly clock: Clock;
  /** A sign-in that is unused for this long has ended. */
  readonly idleMs: () => number;
}

/** Finds the caller of a token. */
export interface Authenticator extends Disposable {
  readonly authenticate: Authenticate;
  /** When a caller's sign-in ends if it is not used again, by the clock of sign-ins; `-Infinity` if it has ended. Does not count as use. */
  readonly endsAt: (caller: Caller) => Promise<number>;
  /** Drops the cached tokens of an account. */
  forget(accountId: number): void;
}

/**
 * Finds the caller of a token. On SQLite, with one process, valid tokens are cached and dropped when their rows end or their account changes. With
 * PostgreSQL another node may change them unnoticed, so the rows are read each time.
 */
export function createAuthenticator(dependencies: Dependencies): Authenticator {
  const { database, events, activity, clock } = dependencies;
  const cache = createTokenCache();
  const mayCache = database.engine === 'sqlite';
  const unsubscribe = events.subscribe((event) => {
    if (event.type !== 'revoked') return;
    const { what } = event;
    cache.drop((caller) => isSignInOf(caller, what));
  });

  async function lookUp(token: string, key: string): Promise<Authenticated> {
    const mark = cache.mark();
    const found = isSignInToken(token)
      ? await findBySignIn(dependencies, token)
      : await findByApiKey(dependencies, token);
    if (found === undefined) throw unauthenticated();
    if (mayCache) cache.keep(key, found, mark);
    return found;
  }

  return {
    async authenticate(token, client) {
      // The cheapest string form of a hash: every request computes it.
      const key = hash('sha256', token, 'binary');
      const found = cache.get(key) ?? (await lookUp(token, key));
      const now = clock();
      if (now >= found.caller.expiresAtMs || now - found.lastSeenAt >= found.idleMs()) {
        cache.delete(key);
        throw unauthenticated();
      }
      found.lastSeenAt = now;
      activity.note(found.caller.via, { at: now, ip: client.ip });
      return { ...found.caller, client };
    },
    endsAt: ({ via }) => endOf[via.type](dependencies, via.id),
    forget(accountId) {
      cache.drop((caller) => caller.accountId === accountId);
    },
    [Symbol.dispose]: unsubscribe,
  };
}

async function findBySignIn(
  { database, activity, clock, idleMs }: Dependencies,
  token: string,
): Promise<Authenticated | undefined> {
  const row = await findSignIn(database.read, hashToken(token));
  if (row === undefined) return undefined;
  const via = { type: 'session', id: row.id } as const;
  const lastSeenAt = Math.max(Date.parse(row.last_activity_at), activity.pending(via)?.at ?? 0);
  // The clock was set back during a restart: the age of the sign-in is unknown.
  if (lastSeenAt > clock() + clockToleranceMs) return undefined;
  const expiresAtMs = Date.parse(row.expires_at);
  return {
    caller: { ...accountOf(row), via, expiresAtMs, scopes: 'all' },
    idleMs,
    lastSeenAt,
  };
}

async function findByApiKey({ database }: Dependencies, token: string): Promise<Authenticated | undefined> {
  const parts = parseApiKey(token);
  if (parts === undefined) return undefined;
  const row = await findApiKey(database.read, parts.keyId);
  if (row === undefined || !timingSafeEqual(row.secret_hash, parts.secretHash)) return undefined;
  const expiresAtMs = Date.parse(row.expires_at);
  return {
    caller: { ...accountOf(row), via: { type: 'api-key', id: row.id }, expiresAtMs, scopes: storedScopes(row.scopes) },
    idleMs: () => Infinity,
    lastSeenAt: 0,
  };
}

/** When a credential ends if it is not used again, in milliseconds since 1970; `-Infinity` if it has ended. */
const endOf: Readonly<Record<CredentialType, (dependencies: Dependencies, id: number) => Promise<number>>> = {
  session: endOfSignIn,
  'api-key': endOfApiKey,
};

async function endOfSignIn({ database, activity, idleMs }: Dependencies, id: number): Promise<number> {
  const session = await findSignInTimes(database.read, id);
  if (session === undefined) return -Infinity;
  const lastSeenAt = Math.max(Date.parse(session.last_activity_at), activity.pending({ type: 'session', id })?.at ?? 0);
  return Math.min(Date.parse(session.expires_at), lastSeenAt + idleMs());
}

async function endOfApiKey({ database }: Dependencies, id: number): Promise<number> {
  const key = await findApiKeyExpiry(database.read, id);
  return key === undefined ? -Infinity : Date.parse(key.expires_at);
}

function accountOf(row: { account_id: number; username: string; is_admin: number }) {
  return { accountId: row.account_id, username: row.username, isAdmin: row.is_admin === 1 };
}

function unauthenticated(): AppError {
  return refuse('token_unknown');
}
