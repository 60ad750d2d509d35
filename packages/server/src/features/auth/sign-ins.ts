import { anonymousActor, systemActor } from '../../audit/actor.ts';
import type { Change, UnitOfWork } from '../../change/change.ts';
import { notFound, type Refusal } from '../../kernel/app-error.ts';
import { isSameCredential, type Caller, type Client } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { flushEveryMs, type Activity } from './activity.ts';
import { timestampOf, type Clock } from './clock.ts';
import { forgetAfterMs } from './limits.ts';
import { signedInActor } from './sign-in-record.ts';
import { deleteEnded, deleteSignIn, deleteSignInByToken, exists, findUsername, listSignIns } from './repository.ts';
import { hashToken, isSignInToken } from './tokens.ts';

/** A browser has one sign-in; further values were set by other programs on the host. */
const maxEndedAtOnce = 4;
/** Other nodes may have recorded a use in memory that is not written yet. */
const unwrittenMs = 2 * flushEveryMs;

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly activity: Activity;
  readonly clock: Clock;
  readonly idleMs: () => number;
}

/** Lists and ends the sign-ins of an account. */
export function createSignIns(dependencies: Dependencies) {
  const { database, change, activity, clock, idleMs } = dependencies;

  return {
    /** Ends the sign-in of a token; possession of the token is sufficient. Throws `not_found`. */
    async logout(client: Client, token: string): Promise<void> {
      if (!(await endByToken(dependencies, client, token))) throw notFound();
    },

    /** Ends the sign-ins of the tokens that a browser sent; of many, only the first few. */
    async endAll(client: Client, values: readonly string[]): Promise<void> {
      for (const token of values.slice(0, maxEndedAtOnce))
        if (isSignInToken(token)) await endByToken(dependencies, client, token);
    },

    /** The account's sign-ins that have not ended, newest first. */
    async list(caller: Caller) {
      const now = clock();
      const longestIdleMs = idleMs();
      const rows = await listSignIns(database.read, caller.accountId);
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

    /** Ends one of the account's own sign-ins. Throws `not_found`. */
    async revoke(caller: Caller, id: number): Promise<void> {
      await change(caller, async (unit) => {
        const { trx, record } = unit;
        if (!(await deleteSignIn(trx, caller.accountId, id)))
          throw notFound((await exists(trx, { type: 'session', id })) ? refusalOf(id) : undefined);
        await record({ action: 'session.revoke', ...signInEvent(id) });
        emitEnded(unit, id, caller.accountId);
      });
    },

    /** Deletes expired sign-ins and outdated rows of the limiter. */
    prune: () => prune(dependencies),
  };
}

async function prune({ change, activity, clock, idleMs }: Dependencies): Promise<void> {
  // A use that is only in memory would count as idle time.
  await activity.flush();
  const now = clock();
  const ages = { now, idleSince: now - idleMs() - unwrittenMs, forgottenSince: now - forgetAfterMs };
  await change.by(systemActor, async (unit) => {
    for (const { id, account_id } of await deleteEnded(unit.trx, ages)) emitEnded(unit, id, account_id);
  });
}

/** Resolves to whether the token had a sign-in. */
function endByToken({ change }: Dependencies, client: Client, token: string): Promise<boolean> {
  // The account is not known before the token is found.
  return change.by(anonymousActor(client, ''), async (unit) => {
    const { trx, record } = unit;
    const session = await deleteSignInByToken(trx, hashToken(token));
    if (session === undefined) return false;
    const account = { id: session.account_id, username: await findUsername(trx, session.account_id) };
    await record({ action: 'auth.logout', ...signInEvent(session.id) }, signedInActor(client, account));
    emitEnded(unit, session.id, account.id);
    return true;
  });
}

function emitEnded({ emit }: UnitOfWork, id: number, accountId: number): void {
  emit({ type: 'revoked', what: { kind: 'login-session', id, accountId } });
}

function signInEvent(id: number) {
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
