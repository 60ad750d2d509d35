import { actorOf, anonymousActor } from '../../audit/actor.ts';
import { record, type Actor } from '../../audit/record.ts';
import { notFound, type Refusal } from '../../kernel/app-error.ts';
import { isSameCredential, type Caller, type Client } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import { flushEveryMs, type Activity } from './activity.ts';
import { timestampOf, type Clock } from './clock.ts';
import { forgetAfterMs } from './limits.ts';
import { deleteEnded, deleteSession, deleteSessionByToken, exists, findUsername, listSessions } from './repository.ts';
import { hashToken, isSessionToken } from './tokens.ts';

/** A browser has one session; the rest is what other programs on the host put into its cookies. */
const maxEndedAtOnce = 4;
/** Other nodes have noted the last use of a session and not yet written it. */
const unwrittenMs = 2 * flushEveryMs;

interface Dependencies {
  readonly database: Database;
  readonly events: Events;
  readonly activity: Activity;
  readonly clock: Clock;
  readonly idleMs: () => number;
}

/** What people do with their sign-ins once they have them. */
export function createLoginSessions(dependencies: Dependencies) {
  const { database, events, activity, clock, idleMs } = dependencies;

  return {
    /** Ends the session of a token, whoever shows it: having it is the right. Throws `not_found`. */
    async logout(client: Client, token: string): Promise<void> {
      if (!(await endByToken(dependencies, client, token))) throw notFound();
    },

    /** Ends the sessions of what a browser sent as tokens, as far as there are any; of many it looks at the first few. */
    async endAll(client: Client, values: readonly string[]): Promise<void> {
      for (const token of values.slice(0, maxEndedAtOnce))
        if (isSessionToken(token)) await endByToken(dependencies, client, token);
    },

    /** The account's sessions that have not ended, newest first. */
    async list(caller: Caller) {
      const now = clock();
      const longestIdleMs = idleMs();
      const rows = await listSessions(database.read, caller.accountId);
      return rows
        .map((row) => ({
          ...row,
          lastActivity: Math.max(
            Date.parse(row.last_activity_at),
            activity.pending({ type: 'session', id: row.id })?.at ?? 0,
          ),
        }))
        .filter(({ lastActivity, expires_at }) => now - lastActivity < longestIdleMs && now < Date.parse(expires_at))
        .map(({ id, ip, user_agent, created_at, lastActivity }) => ({
          id,
          ip,
          userAgent: user_agent,
          createdAt: created_at,
          lastActivity: timestampOf(lastActivity),
          current: isSameCredential(caller.via, { type: 'session', id }),
        }));
    },

    /** Ends one of the account's own sessions. Throws `not_found`. */
    async revoke(caller: Caller, id: number): Promise<void> {
      await database.transaction(async (trx) => {
        if (!(await deleteSession(trx, caller.accountId, id)))
          throw notFound((await exists(trx, { type: 'session', id })) ? refusalOf(id) : undefined);
        await record(trx, { actor: actorOf(caller), action: 'session.revoke', ...aboutSession(id) });
      });
      tellEnded(events, id, caller.accountId);
    },

    /** Deletes sessions that ended by themselves, and what the limiter may forget. */
    async prune(): Promise<void> {
      // What is noted in memory only would count as idle.
      await activity.flush();
      const now = clock();
      const ages = { now, idleSince: now - idleMs() - unwrittenMs, forgottenSince: now - forgetAfterMs };
      const ended = await database.transaction((trx) => deleteEnded(trx, ages));
      for (const { id, account_id } of ended) tellEnded(events, id, account_id);
    },
  };
}

/** Resolves to whether the token had a session. */
async function endByToken({ database, events }: Dependencies, client: Client, token: string): Promise<boolean> {
  const ended = await database.transaction(async (trx) => {
    const session = await deleteSessionByToken(trx, hashToken(token));
    if (session === undefined) return undefined;
    const name = await findUsername(trx, session.account_id);
    const actor: Actor = { ...anonymousActor(client, name), accountId: session.account_id, via: 'session' };
    await record(trx, { actor, action: 'auth.logout', ...aboutSession(session.id) });
    return session;
  });
  if (ended !== undefined) tellEnded(events, ended.id, ended.account_id);
  return ended !== undefined;
}

function tellEnded(events: Events, id: number, accountId: number): void {
  events.emit({ type: 'revoked', what: { kind: 'login-session', id, accountId } });
}

function aboutSession(id: number) {
  return {
    resource: 'session' as const,
    resourceId: id,
    resourceName: null,
    organizationId: null,
    outcome: 'ok' as const,
    details: {},
  };
}

function refusalOf(id: number): Refusal<'session.revoke'> {
  return { action: 'session.revoke', resource: 'session', resourceId: id, organizationId: null };
}
