import { setTimeout as delay } from 'node:timers/promises';
import type { LoginDestination } from '@gatehouse/contract/login-destination';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Session } from '@gatehouse/contract/connections';
import type { WebSocket } from 'ws';
import { AppError, notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import { isSignInOf } from '../../kernel/events.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { TerminalSize } from '../../protocols/protocol.ts';
import type { Context, Live, SessionDependencies } from './context.ts';
import type { Command } from './kinds/exec/run-command.ts';
import { createLiveSessions, type Ending } from './registry/registry.ts';
import { recoverSessions } from './registry/recover.ts';
import { whyOverdue, type TerminalLimits } from './registry/limits.ts';
import { findSession, listSessions, toSession } from './registry/repository.ts';
import { admit, notHere, openTerminal, rejoin, type Opening, type Ticket } from './kinds/terminal/open.ts';
import { createTickets } from './registry/tickets.ts';
import { describeTarget } from './connect/hop-person.ts';
import { executeCommand, scanServer, testLogin } from './unattended.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const endedByPerson: Ending = { cause: 'person', words: 'you ended it' };
/** How long another node may take to end a session, and how often it is looked whether it has. */
const otherNodeMs = 3_000;
const otherNodeLookMs = 100;
/** How often it is looked whether the time of something is over. */
const overdueCheckMs = 1_000;
/** How long a shutdown lets commands go on, and then how long it waits for everything to be written down. */
const commandGraceMs = 2_000;
const drainMs = 4_000;

/** Sessions on servers. Callers see and end their own only; what is another's answers `not_found`. */
export interface Sessions extends AsyncDisposable {
  /** Prepares a terminal, which logs in when its socket joins. Throws what `authorizeUse` throws, `too_many_requests` above the limit. */
  open(caller: Caller, opening: Opening & TerminalSize): Promise<Ticket>;
  /** Runs a command and waits for its end. Unattended: what would need a person fails with a 409. */
  execute(caller: Caller, request: Opening & Command): ReturnType<typeof executeCommand>;
  /** Logs in and out again; a login that fails is an answer here, not an error. */
  test(caller: Caller, login: { readonly entryId: number; readonly identityId: number }): ReturnType<typeof testLogin>;
  /** The host keys that an entry's server offers now. */
  scan(caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]>;
  /** Where a login to an entry would go now, and what of it was changed since the caller's last one. */
  destination(caller: Caller, entryId: number): Promise<LoginDestination>;
  list(caller: Caller, filter: { readonly live: boolean | undefined; readonly limit: number }): Promise<Session[]>;
  get(caller: Caller, id: number): Promise<Session>;
  end(caller: Caller, id: number): Promise<void>;
  rejoin(caller: Caller, id: number): Promise<Ticket>;
  resize(caller: Caller, id: number, size: TerminalSize): Promise<void>;
  /** What a socket with this ticket does to join; throws `unauthenticated`. */
  admit(id: number, ticket: string): (socket: WebSocket) => void;
  /** Writes down the end of what processes left behind that are gone. To be called at the start, and when another node is gone. */
  recover(): Promise<void>;
  /** Ends everything here, because another node took this one for gone and has written so. */
  abandon(): void;
  /** How many run now. */
  count(): number;
  readonly jobs: readonly Job[];
}

export function createSessions(dependencies: SessionDependencies): Sessions {
  const { database, settings, logger } = dependencies;
  const live = createLiveSessions<Live>({
    maxPerAccount: () => settings.get('TERMINALS_PER_ACCOUNT'),
    logger,
  });
  const context: Context = { ...dependencies, live, tickets: createTickets(dependencies.now) };
  const stopWatching = watch(context);
  return {
    open: (caller, opening) => openTerminal(context, caller, opening),
    execute: (caller, request) => executeCommand(context, caller, request),
    test: (caller, login) => testLogin(context, caller, login),
    scan: (caller, entryId) => scanServer(context, caller, entryId),
    destination: async (caller, entryId) =>
      // To look at a destination needs what a scan needs, which logs in to no target either.
      describeTarget(dependencies, await dependencies.access.authorizeUse(caller, { entryId, use: 'scan' })),
    list: async (caller, filter) =>
      (await listSessions(database.read, { accountId: caller.accountId, ...filter })).map(toSession),
    get: (caller, id) => requireOwn(context, caller, id, 'read'),
    async end(caller, id) {
      await endOwn(context, await requireOwn(context, caller, id, 'end'));
    },
    rejoin: async (caller, id) => rejoin(context, caller, await requireOwn(context, caller, id, 'rejoin')),
    async resize(caller, id, size) {
      const session = await requireOwn(context, caller, id, 'resize');
      const found = live.get(id)?.terminal;
      if (found === undefined) throw notHere(session);
      found.resize(size);
    },
    admit: (id, ticket) => admit(context, id, ticket),
    recover: () => recoverSessions(database),
    abandon: () => {
      live.endAll({ cause: 'abandoned', words: 'the server was cut off from its database' });
    },
    count: () => live.all().length,
    jobs: [
      {
        name: 'sessions.overdue',
        everyMs: overdueCheckMs,
        scope: 'node',
        run: () => {
          endOverdue(context);
        },
      },
    ],
    async [Symbol.asyncDispose]() {
      stopWatching();
      await shutDown(context);
    },
  };
}

/** Ends what must not go on after a revocation. Returns what ends the watch. */
function watch({ events, live, tickets }: Context): () => void {
  return events.subscribe((event) => {
    if (event.type === 'revoked') {
      tickets.revoke((caller) => isSignInOf(caller, event.what));
      live.revoke(event.what);
    } else if (event.type === 'confirmations') {
      live.revoke({ kind: 'confirmations', entryIds: event.entryIds });
    } else if (event.type === 'missed') {
      tickets.revoke(() => true);
      live.revoke('unknown');
    } else if (event.type === 'session-ended') {
      live.get(event.sessionId)?.end(endedByPerson);
    }
  });
}

/** Ends what runs at this node and whose time is over. */
function endOverdue({ live, settings, now }: Context): void {
  const nowMs = now().getTime();
  const limits = limitsOf(settings);
  for (const session of live.all()) {
    const why = whyOverdue(session, limits, nowMs);
    if (why !== undefined) session.end(why);
  }
}

function limitsOf(settings: Settings): TerminalLimits {
  return {
    idleMs: settings.get('TERMINAL_IDLE_MINUTES') * minuteMs,
    absoluteMs: settings.get('TERMINAL_ABSOLUTE_HOURS') * hourMs,
  };
}

/** Terminals end at once, commands get a moment; then everything ends. */
async function shutDown({ live }: Context): Promise<void> {
  const stops: Ending = { cause: 'shutdown', words: 'the server stops' };
  live.close();
  for (const session of live.all()) if (session.terminal !== undefined) session.end(stops);
  await atMost(commandGraceMs, live.idle());
  live.endAll(stops);
  await atMost(drainMs, live.idle());
}

/** Leaves no timer behind: a start that failed would be over only with it. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, delay(ms, undefined, { signal: timer.signal })]);
  timer.abort();
}

/** Ends a session wherever it runs, and waits until it is over. */
async function endOwn({ database, events, live, nodeId }: Context, { id }: Session): Promise<void> {
  const session = live.get(id);
  if (session !== undefined) {
    session.end(endedByPerson);
    return;
  }
  const row = await findSession(database.read, id);
  if (row?.ended_at !== null || row.node_id === nodeId) throw notFound();
  events.emit({ type: 'session-ended', sessionId: id });
  for (let waitedMs = 0; waitedMs < otherNodeMs; waitedMs += otherNodeLookMs) {
    await delay(otherNodeLookMs);
    if ((await findSession(database.read, id))?.ended_at !== null) return;
  }
  throw new AppError('timed_out', 'The node that has this session did not end it in time.');
}

type Intent = 'read' | 'end' | 'rejoin' | 'resize';

async function requireOwn({ database }: Context, caller: Caller, id: number, intent: Intent): Promise<Session> {
  const row = await findSession(database.read, id);
  if (row === undefined) throw notFound();
  if (row.account_id === caller.accountId) return toSession(row);
  const { organization_id: organizationId } = row;
  throw notFound({ action: `session.${intent}`, resource: 'session', resourceId: id, organizationId });
}
