import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { Session } from '@gatehouse/contract/connections';
import { AppError, notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import { may, type Rights } from '../../kernel/rights.ts';
import type { TerminalSize } from '../../protocols/protocol.ts';
import { createBooks, type Books } from './books.ts';
import type { DirectIdentity } from './credential.ts';
import { execute, type Command } from './execute.ts';
import { createLiveSessions, endRevoked, type LiveSession, type LiveSessions } from './live.ts';
import { connect, scan, type LoginDependencies } from './login.ts';
import { planLogin, touchesOf } from './plan-login.ts';
import { endStale, findSession, listSessions, toSession } from './repository.ts';
import { Terminal } from './terminal.ts';
import { createTickets, type Tickets } from './tickets.ts';
import { isHitBy, type Touches } from './touches.ts';

/** How often terminals are looked at for having been idle too long. */
const idleCheckMs = 15_000;
/** How long a shutdown waits for live sessions to end. */
const drainMs = 5_000;
/** Most host keys are offered within this; every algorithm is a handshake of its own. */
const scanTimeoutMs = 30_000;
const testTimeoutMs = 60_000;

interface Dependencies extends LoginDependencies {
  readonly events: Events;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly limits: { readonly resumeMs: number; readonly idleMs: number; readonly maxPerAccount: number };
}

interface Context extends Dependencies {
  readonly live: LiveSessions<Live>;
  readonly tickets: Tickets;
  readonly books: Books;
}

interface Live extends LiveSession {
  readonly terminal?: Terminal;
}

interface Opening {
  readonly entryId: number;
  readonly identityId?: number | undefined;
  readonly reason?: string | undefined;
  readonly directIdentity?: DirectIdentity | undefined;
}

export interface Ticket {
  readonly sessionId: number;
  readonly ticket: string;
  readonly expiresAt: string;
}

/** Sessions on servers. Callers see and end their own only; what is another's answers `not_found`. */
export interface Sessions extends AsyncDisposable {
  /** Prepares a terminal, which logs in when its socket joins. Throws what `planLogin` throws, `too_many_requests` above the limit. */
  open(caller: Caller, opening: Opening & TerminalSize): Promise<Ticket>;
  /** Runs a command and waits for its end. Unattended: what would need a person fails with a 409. */
  execute(caller: Caller, request: Opening & Command): ReturnType<typeof executeFor>;
  /** Logs in and out again; a login that fails is an answer here, not an error. */
  test(caller: Caller, request: { readonly entryId: number; readonly identityId: number }): ReturnType<typeof testFor>;
  /** The host keys that an entry's server offers now. */
  scan(caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]>;
  list(caller: Caller, filter: { readonly live: boolean | undefined; readonly limit: number }): Promise<Session[]>;
  get(caller: Caller, id: number): Promise<Session>;
  end(caller: Caller, id: number): Promise<void>;
  rejoin(caller: Caller, id: number): Promise<Ticket>;
  resize(caller: Caller, id: number, size: TerminalSize): Promise<void>;
  /** The terminal that a socket may join with this ticket; throws `unauthenticated`. */
  admit(id: number, ticket: string): Terminal;
  /** Marks as failed what a crash left behind. Call once, before the first session. */
  recover(): Promise<void>;
  /** How many run now. */
  count(): number;
}

export function createSessions(dependencies: Dependencies): Sessions {
  const { database } = dependencies;
  const context: Context = {
    ...dependencies,
    live: createLiveSessions<Live>(),
    tickets: createTickets(dependencies.now),
    books: createBooks(dependencies),
  };
  const stopWatching = watch(context);
  return {
    open: (caller, opening) => openFor(context, caller, opening),
    execute: (caller, request) => executeFor(context, caller, request),
    test: (caller, request) => testFor(context, caller, request),
    scan: (caller, entryId) => scanFor(context, caller, entryId),
    list: async (caller, filter) =>
      (await listSessions(database.read, { accountId: caller.accountId, ...filter })).map(toSession),
    get: (caller, id) => requireOwn(context, caller, id, 'read'),
    async end(caller, id) {
      await requireOwn(context, caller, id, 'end');
      const session = context.live.get(id);
      if (session === undefined) throw notFound();
      session.end('you ended it');
    },
    async rejoin(caller, id) {
      await requireTerminal(context, caller, id, 'rejoin');
      return { sessionId: id, ...context.tickets.issue(id, caller) };
    },
    async resize(caller, id, size) {
      (await requireTerminal(context, caller, id, 'resize')).resize(size);
    },
    admit: (id, ticket) => admit(context, id, ticket),
    recover: () => database.transaction(endStale),
    count: () => context.live.all().length,
    async [Symbol.asyncDispose]() {
      stopWatching();
      for (const session of context.live.all()) {
        if (session.terminal === undefined) session.end('the server stops');
        else session.terminal.end('the server stops', 'goingAway');
      }
      await Promise.race([context.live.idle(), new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
    },
  };
}

/** Ends what must not go on: after a revocation, and after too long without a key stroke or a byte. */
function watch({ database, events, live, tickets, rightsOf, limits, logger }: Context): () => void {
  const stillMay = async ({ caller, owners }: Touches) => {
    const rights = await rightsOf(database.read, caller.accountId);
    return owners.every((owner) => may(rights, owner, 'connect.ssh'));
  };
  const unsubscribe = events.subscribe((event) => {
    if (event.type !== 'revoked') return;
    tickets.revoke((caller) => isHitBy({ caller, owners: [], entryIds: [], identityIds: [] }, event.what) === 'yes');
    endRevoked(event.what, live.all(), stillMay).catch((error: unknown) => {
      logger.error({ err: error }, 'a permission could not be looked up; all sessions end');
      for (const session of live.all()) session.end('the server could not check the permission');
    });
  });
  const idleCheck = setInterval(() => {
    const latest = Date.now() - limits.idleMs;
    for (const { terminal } of live.all())
      if (terminal !== undefined && terminal.lastActivityMs < latest)
        terminal.end('nothing happened in it for too long');
  }, idleCheckMs);
  if (limits.idleMs === 0) clearInterval(idleCheck);
  return () => {
    unsubscribe();
    clearInterval(idleCheck);
  };
}

function requireRoom({ live, limits }: Context, caller: Caller): void {
  const own = live.all().filter(({ touches }) => touches.caller.accountId === caller.accountId);
  if (own.length < limits.maxPerAccount) return;
  throw new AppError('too_many_requests', `You have ${own.length} sessions open, which is the limit.`, {
    retryAfterS: 10,
  });
}

type Intent = 'read' | 'end' | 'rejoin' | 'resize';

async function requireOwn({ database }: Context, caller: Caller, id: number, intent: Intent): Promise<Session> {
  const row = await findSession(database.read, id);
  if (row === undefined) throw notFound();
  if (row.account_id === caller.accountId) return toSession(row);
  const { organization_id: organizationId } = row;
  throw notFound({ action: `session.${intent}`, resource: 'session', resourceId: id, organizationId });
}

async function requireTerminal(context: Context, caller: Caller, id: number, intent: Intent): Promise<Terminal> {
  await requireOwn(context, caller, id, intent);
  const terminal = context.live.get(id)?.terminal;
  if (terminal === undefined) throw notFound();
  return terminal;
}

function admit({ live, tickets }: Context, id: number, ticket: string): Terminal {
  const caller = tickets.redeem(ticket, id);
  const session = live.get(id);
  if (caller === undefined || session?.terminal === undefined || session.touches.caller.accountId !== caller.accountId)
    throw new AppError('unauthenticated', 'The ticket is not valid for this session; get a new one.');
  return session.terminal;
}

async function openFor(context: Context, caller: Caller, opening: Opening & TerminalSize): Promise<Ticket> {
  const { books, live, limits, tickets } = context;
  requireRoom(context, caller);
  const plan = await planLogin(context, caller, { ...opening, purpose: 'terminal' });
  const { id, intent } = await books.begin(plan, 'terminal', opening.reason);
  const terminal: Terminal = new Terminal({
    id,
    size: opening,
    resumeMs: limits.resumeMs,
    connect: (company) => connect(context, plan, company, intent),
    onOpen: (login, steps) => books.opened(id, login.identityId, steps),
    onEnd(end) {
      void books.ended(id, plan, end).then(() => {
        live.remove(id);
      });
    },
  });
  const end = (why: string) => {
    terminal.end(why);
  };
  live.add(id, { touches: touchesOf(plan), terminal, end });
  return { sessionId: id, ...tickets.issue(id, caller) };
}

async function executeFor(context: Context, caller: Caller, request: Opening & Command) {
  const { books, live } = context;
  requireRoom(context, caller);
  const plan = await planLogin(context, caller, { ...request, purpose: 'exec' });
  const { id, intent } = await books.begin(plan, 'exec', request.reason);
  const stop = new AbortController();
  const end = (why: string) => {
    stop.abort(new AppError('forbidden', `The session was ended: ${why}.`));
  };
  live.add(id, { touches: touchesOf(plan), end });
  const { exit, ...result } = await execute(
    (company) => connect(context, plan, company, intent),
    request,
    stop.signal,
    async (how) => {
      await books.ended(id, plan, how);
      live.remove(id);
    },
  );
  return { ...result, exitCode: exit.code, signal: exit.signal, sessionId: id };
}

async function testFor(context: Context, caller: Caller, request: { entryId: number; identityId: number }) {
  const plan = await planLogin(context, caller, { ...request, purpose: 'test' });
  const steps: Step[] = [];
  const signal = AbortSignal.timeout(testTimeoutMs);
  try {
    const { connection } = await connect(context, plan, { onStep: (step) => void steps.push(step), signal });
    await connection[Symbol.asyncDispose]();
    return { ok: true, steps, message: `The login works (${connection.method}).` };
  } catch (error) {
    if (error instanceof AppError && error.code === 'login_failed') return { ok: false, steps, message: error.message };
    throw error;
  }
}

async function scanFor(context: Context, caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]> {
  const plan = await planLogin(context, caller, { entryId, purpose: 'scan' });
  return scan(context, plan, AbortSignal.timeout(scanTimeoutMs));
}
