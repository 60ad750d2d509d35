import { record } from '../../../audit/record.ts';
import { notFound } from '../../../kernel/app-error.ts';
import type { Database, Trx } from '../../../kernel/db/database.ts';
import type { Events } from '../../../kernel/events.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { ownerColumns } from '../../../kernel/owner.ts';
import type { Identities } from '../../identities/service.ts';
import type { AuthorizedLogin } from '../connect/authorized-login.ts';
import { saveLastLogin } from '../connect/last-login-repository.ts';
import type { LoginResult, SessionEnd } from './outcome.ts';
import { insertSession, isThere, markEnded, markOpen, type NewSession } from './repository.ts';
import { denialOf, endOf, intentOf, openingOf, passagesOf } from './record-events.ts';

/** What is written of one use of a server, in the audit log. */
export interface UseRecord {
  readonly login: AuthorizedLogin;
  /** Null for what is no session, as tests and scans. */
  readonly sessionId: number | null;
  /** Throws `unavailable` when it cannot be written: then the server is not used. */
  loggedIn(result: LoginResult): Promise<void>;
}

/** The same for a session, which has a row, too. */
export interface SessionRecord extends UseRecord {
  readonly sessionId: number;
  /** Never rejects: what cannot be written is logged, since the session is over in any case. */
  ended(end: SessionEnd): Promise<void>;
}

interface Dependencies {
  readonly nodeId: string;
  readonly database: Database;
  readonly events: Events;
  readonly identities: Pick<Identities, 'recordUses'>;
  readonly logger: Logger;
}

/** Writes the intent of a use that is no session, before any secret is opened. Throws `unavailable` when it cannot be written. */
export async function recordUse(dependencies: Dependencies, login: AuthorizedLogin): Promise<UseRecord> {
  const intent = await dependencies.database.transaction(async (trx) => {
    await requireThere(trx, rowOf(login));
    return recordIntent(trx, login, null);
  });
  const recorded = { login, intent, sessionId: null };
  return { login, sessionId: null, loggedIn: (result) => recordLogin(dependencies, recorded, result) };
}

/** Writes the intent of a session and its row, before any secret is opened. Throws `unavailable` when it cannot be written. */
export async function recordSession(dependencies: Dependencies, login: AuthorizedLogin): Promise<SessionRecord> {
  const { nodeId, database, events } = dependencies;
  const row = { ...rowOf(login), node_id: nodeId };
  const { sessionId, intent } = await database.transaction(async (trx) => {
    await requireThere(trx, row);
    const sessionId = await insertSession(trx, row);
    return { sessionId, intent: await recordIntent(trx, login, sessionId) };
  });
  const tell = () => {
    events.emit({ type: 'connections', accountIds: [login.grant.caller.accountId] });
  };
  tell();
  return {
    login,
    sessionId,
    async loggedIn(result) {
      await recordLogin(dependencies, { login, intent, sessionId }, result);
      tell();
    },
    async ended(end) {
      await recordEnd(dependencies, { login, sessionId }, end);
      tell();
    },
  };
}

/** What the grant was made for may be gone by now, and a session does not refer to what is not there. */
async function requireThere(trx: Trx, row: ReturnType<typeof rowOf>): Promise<void> {
  if (!(await isThere(trx, row))) throw notFound();
}

async function recordIntent(trx: Trx, login: AuthorizedLogin, sessionId: number | null): Promise<number> {
  const intent = await record(trx, intentOf(login, sessionId));
  for (const passage of passagesOf(login)) await record(trx, passage);
  return intent;
}

interface Recorded {
  readonly login: AuthorizedLogin;
  readonly intent: number;
  readonly sessionId: number | null;
}

async function recordLogin(
  { database, events, identities }: Dependencies,
  { login, intent, sessionId }: Recorded,
  { outcome, result, uses, steps, denial, logins = [] }: LoginResult,
): Promise<void> {
  const { caller } = login.grant;
  const owners = await database.transaction(async (trx) => {
    if (sessionId !== null && outcome === 'ok') await markOpen(trx, sessionId, steps);
    if (denial !== undefined) await record(trx, denialOf(caller, denial, { intent, sessionId }));
    await record(trx, { ...openingOf(login), outcome, details: { intent, sessionId, result } });
    const at = new Date().toISOString();
    for (const { entryId, destination } of logins)
      await saveLastLogin(trx, { accountId: caller.accountId, entryId }, { at, destination });
    return identities.recordUses(trx, caller, uses);
  });
  if (owners.length > 0) events.emit({ type: 'identities', owners });
}

async function recordEnd(
  { database, logger }: Dependencies,
  { login, sessionId }: Pick<SessionRecord, 'login' | 'sessionId'>,
  end: SessionEnd,
): Promise<void> {
  try {
    await database.transaction(async (trx) => {
      // Another node may have done so that took this one for gone.
      if (await markEnded(trx, sessionId, { ...end, status: end.opened ? 'ended' : 'failed' }))
        await record(trx, endOf(login, sessionId, end));
    });
  } catch (error) {
    logger.error({ err: error, sessionId }, 'the end of a session could not be recorded');
  }
}

function rowOf({ grant: { caller, use, target }, reason }: AuthorizedLogin): Omit<NewSession, 'node_id'> {
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
