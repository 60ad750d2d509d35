import { hash, timingSafeEqual } from 'node:crypto';
import { scopeSchema } from '@gatehouse/contract/scopes';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Events, Revocation } from '../../kernel/events.ts';
import type { Authenticate } from '../../kernel/http/authenticate.ts';
import type { Activity } from './activity.ts';
import type { Clock } from './clock.ts';
import { findApiKey, findSession } from './repository.ts';
import { hashToken, isSessionToken, parseApiKey } from './tokens.ts';

const maxCached = 10_000;
/** How far the clocks of two nodes, or of one before and after a restart, may differ. */
const clockToleranceMs = 5 * 60_000;

interface Dependencies {
  readonly database: Database;
  readonly events: Events;
  readonly activity: Activity;
  readonly clock: Clock;
  /** A session without a request for so long has ended. */
  readonly idleMs: number;
}

/** A token that was found good; how long it stays so is looked at in every request. */
interface Authenticated {
  readonly caller: Omit<Caller, 'client'>;
  readonly expiresAt: number;
  /** Infinite for API keys. */
  readonly idleMs: number;
  lastSeenAt: number;
}

export interface Authenticator extends Disposable {
  readonly authenticate: Authenticate;
  /** What is known of an account's tokens is read anew. */
  forget(accountId: number): void;
}

/**
 * Finds the caller of a token. On SQLite, which one process has to itself, tokens found good are kept and dropped when their rows end or their
 * account changes; with PostgreSQL another node may do that unheard, so the rows are read each time.
 */
export function createAuthenticator({ database, events, activity, clock, idleMs }: Dependencies): Authenticator {
  const cache = new Map<string, Authenticated>();
  const mayCache = database.engine === 'sqlite';
  // A look-up that began before something was dropped must not be kept.
  let drops = 0;

  function drop(ends: (caller: Authenticated['caller']) => boolean): void {
    drops++;
    for (const [key, { caller }] of cache) if (ends(caller)) cache.delete(key);
  }

  async function lookUp(token: string, key: string): Promise<Authenticated> {
    const dropsBefore = drops;
    const found = isSessionToken(token) ? await bySession(token) : await byApiKey(token);
    if (found === undefined) throw unauthenticated();
    if (mayCache && drops === dropsBefore) keep(key, found);
    return found;
  }

  function keep(key: string, found: Authenticated): void {
    for (const oldest of cache.keys()) {
      if (cache.size < maxCached) break;
      cache.delete(oldest);
    }
    cache.set(key, found);
  }

  async function bySession(token: string): Promise<Authenticated | undefined> {
    const row = await findSession(database.read, hashToken(token));
    if (row === undefined) return undefined;
    const lastSeenAt = Math.max(Date.parse(row.last_activity_at), activity.pending('session', row.id) ?? 0);
    // The clock was set back across a restart: nobody knows how old the session really is.
    if (lastSeenAt > clock() + clockToleranceMs) return undefined;
    return {
      caller: { ...accountOf(row), via: 'session', credentialId: row.id, scopes: 'all' },
      expiresAt: Date.parse(row.expires_at),
      idleMs,
      lastSeenAt,
    };
  }

  async function byApiKey(token: string): Promise<Authenticated | undefined> {
    const parts = parseApiKey(token);
    if (parts === undefined) return undefined;
    const row = await findApiKey(database.read, parts.keyId);
    if (row === undefined || !timingSafeEqual(row.secret_hash, parts.secretHash)) return undefined;
    return {
      caller: { ...accountOf(row), via: 'api-key', credentialId: row.id, scopes: storedScopes(row.scopes) },
      expiresAt: Date.parse(row.expires_at),
      idleMs: Infinity,
      lastSeenAt: 0,
    };
  }

  const unsubscribe = events.subscribe((event) => {
    if (event.type === 'revoked') drop(endedBy(event.what));
  });

  return {
    async authenticate(token, client) {
      // The cheapest string that a hash can be made into: it is in the path of every request.
      const key = hash('sha256', token, 'binary');
      const found = cache.get(key) ?? (await lookUp(token, key));
      const now = clock();
      if (now >= found.expiresAt || now - found.lastSeenAt >= found.idleMs) {
        cache.delete(key);
        throw unauthenticated();
      }
      found.lastSeenAt = now;
      activity.note(found.caller.via, found.caller.credentialId, now);
      return { ...found.caller, client };
    },
    forget(accountId) {
      drop((caller) => caller.accountId === accountId);
    },
    [Symbol.dispose]: unsubscribe,
  };
}

function endedBy(what: Revocation): (caller: Authenticated['caller']) => boolean {
  switch (what.kind) {
    case 'account':
      return ({ accountId }) => accountId === what.accountId;
    case 'login-session':
      return ({ via, credentialId }) => via === 'session' && credentialId === what.id;
    case 'api-key':
      return ({ via, credentialId }) => via === 'api-key' && credentialId === what.id;
    case 'membership':
    case 'permissions':
    case 'organization':
    case 'identity':
    case 'entry':
      return () => false;
  }
}

function accountOf(row: { account_id: number; username: string; is_admin: number }) {
  return { accountId: row.account_id, username: row.username, isAdmin: row.is_admin === 1 };
}

/** Scopes that this version does not know any more are worth nothing. */
function storedScopes(json: string) {
  return z
    .array(z.string())
    .parse(JSON.parse(json))
    .flatMap((name) => scopeSchema.safeParse(name).data ?? []);
}

function unauthenticated(): AppError {
  return new AppError('unauthenticated', 'The token is unknown or has ended. Sign in again.');
}
