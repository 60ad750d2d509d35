import type { Step } from '@gatehouse/contract/problem';
import type { GrantedHop } from '../../../access/authorize-use.ts';
import { actorOf } from '../../../audit/actor.ts';
import { recordedCommand } from '../../../audit/command.ts';
import { record, type AuditEvent } from '../../../audit/record.ts';
import { notFound } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Database } from '../../../kernel/db/database.ts';
import type { Events } from '../../../kernel/events.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { ownerColumns } from '../../../kernel/owner.ts';
import type { ExitStatus } from '../../../protocols/protocol.ts';
import type { Identities, IdentityUse } from '../../identities/service.ts';
import type { AuthorizedLogin } from '../connect/authorized-login.ts';
import type { Destination } from '../connect/destination.ts';
import type { EgressDenial } from '../connect/egress.ts';
import { saveLastLogin } from '../connect/last-login-repository.ts';
import { insertSession, isThere, markEnded, markOpen, type NewSession } from './repository.ts';

/** How a login went. */
export interface LoginResult {
  readonly outcome: 'ok' | 'failed';
  /** The method that let us in, or the code of the problem. */
  readonly result: string;
  /** What came of each identity that was tried, jump hosts included. */
  readonly uses: readonly IdentityUse[];
  readonly steps: readonly Step[];
  /** Where a person has logged in. */
  readonly logins?: readonly { readonly entryId: number; readonly destination: Destination }[];
  /** What the egress policy denied, where that ended it, and the machine that was to be reached. */
  readonly denial?: (EgressDenial & { readonly hop: GrantedHop }) | undefined;
}

/** How a session ended. */
export interface SessionEnd {
  /** Whether it came as far as a shell or a command. */
  readonly opened: boolean;
  readonly exit: ExitStatus;
  /** In words or as a slug; goes to the audit log. */
  readonly why: string;
  readonly steps: readonly Step[];
}

/** What is written of one use of a server, in the audit log and, where it is a session, in its row. */
export interface Book {
  readonly login: AuthorizedLogin;
  /** Null for tests and scans, which are no sessions. */
  readonly sessionId: number | null;
  /** Throws `unavailable` when it cannot be written: nobody works on a server then. */
  loggedIn(result: LoginResult): Promise<void>;
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

/** Writes the intent, before any secret is opened. Throws `unavailable` when it cannot be written. */
export async function openBook(dependencies: Dependencies, login: AuthorizedLogin): Promise<Book> {
  const { nodeId, database, events, identities, logger } = dependencies;
  const { caller } = login.grant;
  const { sessionId, intent } = await database.transaction(async (trx) => {
    // What the grant was made for may be gone by now, and a session does not refer to what is not there.
    const row = { ...rowOf(login), node_id: nodeId };
    if (!(await isThere(trx, row))) throw notFound();
    const sessionId = isSession(login) ? await insertSession(trx, row) : null;
    const intent = await record(trx, intentOf(login, sessionId));
    for (const passage of passagesOf(login)) await record(trx, passage);
    return { sessionId, intent };
  });
  const tell = () => {
    if (sessionId !== null) events.emit({ type: 'connections', accountIds: [caller.accountId] });
  };
  tell();
  return {
    login,
    sessionId,
    async loggedIn({ outcome, result, uses, steps, denial, logins = [] }) {
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
      tell();
    },
    async ended(end) {
      if (sessionId === null) return;
      try {
        await database.transaction(async (trx) => {
          // Another node may have done so that took this one for gone.
          if (await markEnded(trx, sessionId, { ...end, status: end.opened ? 'ended' : 'failed' }))
            await record(trx, endOf(login, sessionId, end));
        });
      } catch (error) {
        logger.error({ err: error, sessionId }, 'the end of a session could not be recorded');
      }
      tell();
    },
  };
}

function isSession({ grant: { use } }: AuthorizedLogin): boolean {
  return use === 'terminal' || use === 'exec';
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

/** What is recorded of the entry that is used, and of jump hosts on the way. */
type EntryAction = 'session.open' | 'session.pass' | 'egress.deny';

function openingOf({ grant: { caller, target } }: AuthorizedLogin) {
  return headOf(caller, 'session.open', target);
}

function headOf<A extends EntryAction>(caller: Caller, action: A, { entry }: GrantedHop) {
  return {
    actor: actorOf(caller),
    action,
    resource: 'entry' as const,
    resourceId: entry.id,
    resourceName: entry.name,
    organizationId: ownerColumns(entry.owner).organization_id,
  };
}

function denialOf(
  caller: Caller,
  { hop, host, port, rule }: NonNullable<LoginResult['denial']>,
  of: { readonly intent: number; readonly sessionId: number | null },
): AuditEvent<'egress.deny', 'denied'> {
  return { ...headOf(caller, 'egress.deny', hop), outcome: 'denied', details: { ...of, host, port, rule } };
}

function intentOf(login: AuthorizedLogin, sessionId: number | null): AuditEvent<'session.open', 'started'> {
  const { direct, reason, command } = login;
  const { use, jumps, target } = login.grant;
  const { entry, identity } = target;
  return {
    ...openingOf(login),
    outcome: 'started',
    details: {
      sessionId,
      purpose: use,
      identityId: identity?.identity.id ?? null,
      because: identity?.because ?? (direct === undefined ? null : 'direct'),
      host: entry.host,
      port: entry.port,
      jumps: jumps.map((jump) => ({ entryId: jump.entry.id, identityId: jump.identity?.identity.id ?? null })),
      reason,
      ...(command !== undefined && recordedCommand(command)),
    },
  };
}

/** An organization reads in its own log that somebody goes through a server of it to one that is none of its, and not where to. */
function passagesOf({
  grant: { caller, use, jumps, target },
}: AuthorizedLogin): readonly AuditEvent<'session.pass', 'started'>[] {
  const told = ownerColumns(target.entry.owner).organization_id;
  return jumps
    .map((jump) => headOf(caller, 'session.pass', jump))
    .filter(({ organizationId }) => organizationId !== null && organizationId !== told)
    .map((head) => ({ ...head, outcome: 'started', details: { purpose: use } }));
}

function endOf(
  login: AuthorizedLogin,
  sessionId: number,
  { opened, exit, why }: SessionEnd,
): AuditEvent<'session.end', 'ok' | 'failed'> {
  const { entry, identity } = login.grant.target;
  return {
    ...openingOf(login),
    action: 'session.end',
    resource: 'session',
    resourceId: sessionId,
    outcome: opened ? 'ok' : 'failed',
    details: {
      entryId: entry.id,
      identityId: identity?.identity.id ?? null,
      why,
      exitCode: exit.code,
      exitSignal: exit.signal,
    },
  };
}
