import type { Change, UnitOfWork } from '../../../change/change.ts';
import { notFound } from '../../../kernel/app-error.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { ownerColumns } from '../../../kernel/owner.ts';
import type { Identities } from '../../identities/service.ts';
import type { AuthorizedLogin } from '../connect/authorized-login.ts';
import { saveLastLogin } from '../connect/last-login-repository.ts';
import type { LoginResult, SessionEnd } from './outcome.ts';
import { insertSession, referencesExist, markEnded, markOpen, type NewSession } from './repository.ts';
import { denialOf, endOf, intentOf, openingOf, jumpHostEvents } from './record-events.ts';

/** The audit entries of one use of a server. */
export interface UseRecord {
  readonly login: AuthorizedLogin;
  /** Null for uses that are no session: tests and scans. */
  readonly sessionId: number | null;
  /** Throws `unavailable` if it cannot be recorded: then the server is not used. */
  loggedIn(result: LoginResult): Promise<void>;
}

/** The same for a session, which also has a row. */
export interface SessionRecord extends UseRecord {
  readonly sessionId: number;
  /** Never rejects: a failure is logged, since the session is over in any case. */
  ended(end: SessionEnd): Promise<void>;
}

interface Dependencies {
  readonly nodeId: string;
  readonly change: Change;
  readonly identities: Pick<Identities, 'recordUses'>;
  readonly logger: Logger;
}

/** Records the intent of a use without a session, before any secret is opened. Throws `unavailable` if it cannot be recorded. */
export async function recordUse(dependencies: Dependencies, login: AuthorizedLogin): Promise<UseRecord> {
  const intent = await dependencies.change(login.grant.caller, async (unit) => {
    await requireExisting(unit.trx, rowOf(login));
    return recordIntent(unit, login, null);
  });
  const recorded = { login, intent, sessionId: null };
  return { login, sessionId: null, loggedIn: (result) => recordLogin(dependencies, recorded, result) };
}

/** Records the intent of a session and inserts its row, before any secret is opened. Throws `unavailable` if it cannot be recorded. */
export async function recordSession(dependencies: Dependencies, login: AuthorizedLogin): Promise<SessionRecord> {
  const { nodeId, change } = dependencies;
  const row = { ...rowOf(login), node_id: nodeId };
  const { sessionId, intent } = await change(login.grant.caller, async (unit) => {
    await requireExisting(unit.trx, row);
    const sessionId = await insertSession(unit.trx, { ...row, started_at: unit.now });
    emitSession(unit, login);
    return { sessionId, intent: await recordIntent(unit, login, sessionId) };
  });
  return {
    login,
    sessionId,
    loggedIn: (result) => recordLogin(dependencies, { login, intent, sessionId }, result),
    ended: (end) => recordEnd(dependencies, { login, sessionId }, end),
  };
}

function emitSession({ emit }: UnitOfWork, { grant }: AuthorizedLogin): void {
  emit({ type: 'connections', accountIds: [grant.caller.accountId] });
}

/** Entry, identity or account may have been deleted since the grant; a session row must not reference deleted rows. */
async function requireExisting(trx: Trx, row: ReturnType<typeof rowOf>): Promise<void> {
  if (!(await referencesExist(trx, row))) throw notFound();
}

async function recordIntent({ record }: UnitOfWork, login: AuthorizedLogin, sessionId: number | null): Promise<number> {
  const intent = await record(intentOf(login, sessionId));
  for (const passage of jumpHostEvents(login)) await record(passage);
  return intent;
}

interface Recorded {
  readonly login: AuthorizedLogin;
  readonly intent: number;
  readonly sessionId: number | null;
}

async function recordLogin(
  { change, identities }: Dependencies,
  { login, intent, sessionId }: Recorded,
  { outcome, result, uses, steps, denial, logins = [] }: LoginResult,
): Promise<void> {
  const { caller } = login.grant;
  await change(caller, async (unit) => {
    const { trx, record, now: at } = unit;
    if (sessionId !== null && outcome === 'ok') await markOpen(trx, sessionId, steps);
    if (denial !== undefined) await record(denialOf(denial, { intent, sessionId }));
    await record({ ...openingOf(login), outcome, details: { intent, sessionId, result } });
    for (const { entryId, destination } of logins)
      await saveLastLogin(trx, { accountId: caller.accountId, entryId }, { at, destination });
    await identities.recordUses(unit, uses);
    if (sessionId !== null) emitSession(unit, login);
  });
}

async function recordEnd(
  { change, logger }: Dependencies,
  { login, sessionId }: Pick<SessionRecord, 'login' | 'sessionId'>,
  end: SessionEnd,
): Promise<void> {
  try {
    await change(login.grant.caller, async (unit) => {
      const ended = { ...end, status: end.opened ? 'ended' : 'failed', at: unit.now } as const;
      // Another node that declared this one lost may already have recorded the end.
      if (await markEnded(unit.trx, sessionId, ended)) await unit.record(endOf(login, sessionId, end));
      emitSession(unit, login);
    });
  } catch (error) {
    logger.error({ err: error, sessionId }, 'the end of a session could not be recorded');
  }
}

function rowOf({
  grant: { caller, use, target },
  reason,
}: AuthorizedLogin): Omit<NewSession, 'node_id' | 'started_at'> {
  const { entry, identity } = target;
  return {
    account_id: caller.accountId,
    organization_id: ownerColumns(entry.owner).organization_id,
    entry_id: entry.id,
    entry_name: entry.name,
    identity_id: identity?.identity.id ?? null,
    type: use,
    reason,
  };
}
