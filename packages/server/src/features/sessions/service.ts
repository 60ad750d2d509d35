import type { LoginDestination } from '@gatehouse/contract/login-destination';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Session } from '@gatehouse/contract/connections';
import { say } from '@gatehouse/contract/messages/message';
import type { Caller } from '../../kernel/caller.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { TerminalSize } from '../../protocols/protocol.ts';
import { scanServer, testLogin } from './checks.ts';
import { describeTarget } from './connect/hop-person.ts';
import type { Context, Opening, SessionDependencies } from './context.ts';
import type { CommandRequest, Executed } from './kinds/exec/exec.ts';
import { commandStream } from './kinds/exec/stream/open.ts';
import { kinds } from './kinds/kinds.ts';
import { endExpired, endWherever, shutDown, watchRevocations } from './registry/ending.ts';
import { admit, rejoin, resize, type JoinTicket } from './registry/join.ts';
import { list, requireOwn, requireOwnOrMembers, type SessionFilter } from './registry/own.ts';
import { recoverSessions } from './registry/recover.ts';
import { createRegistry } from './registry/registry.ts';
import { createTickets } from './registry/tickets.ts';
import type { Transport } from './stream/sink.ts';

/** How often expired sessions are ended. */
const overdueCheckMs = 1_000;

/**
 * Sessions on servers. Callers see and end their own, and live ones of members on what belongs to an organization whose members they manage; those of
 * others answer `not_found`.
 */
export interface Sessions extends AsyncDisposable {
  /** Prepares a terminal, which logs in when a client joins. Throws what `authorizeUse` throws, `too_many_requests` above the limit. */
  open(caller: Caller, opening: Opening & TerminalSize): Promise<JoinTicket>;
  /** Runs a command and waits for its end. Unattended: a login that needs a person fails with 409. */
  execute(caller: Caller, request: Opening & CommandRequest): Promise<Executed>;
  /** Prepares a command that runs when its client joins. Unattended, too. */
  stream(caller: Caller, opening: Opening & { readonly command: string }): Promise<JoinTicket>;
  /** Logs in and disconnects; a failed login is a result here, not an error. */
  test(caller: Caller, login: { readonly entryId: number; readonly identityId: number }): ReturnType<typeof testLogin>;
  /** The host keys that an entry's server offers now. */
  scan(caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]>;
  /** The destination of a login to an entry now, and what was changed since the caller's last login. */
  destination(caller: Caller, entryId: number): Promise<LoginDestination>;
  list(caller: Caller, filter: SessionFilter): Promise<Session[]>;
  get(caller: Caller, id: number): Promise<Session>;
  end(caller: Caller, id: number): Promise<void>;
  rejoin(caller: Caller, id: number): Promise<JoinTicket>;
  resize(caller: Caller, id: number, size: TerminalSize): Promise<void>;
  /** Returns the function with which the client of this ticket joins; throws `unauthenticated`. */
  admit(id: number, ticket: string): (transport: Transport) => void;
  /** Records the end of sessions of lost processes. Call it at the start, and when another node is lost. */
  recover(): Promise<void>;
  /** Ends all sessions, because another node declared this one lost and recorded so. */
  abandon(): void;
  /** The number of running sessions. */
  count(): number;
  readonly jobs: readonly Job[];
}

/** Opens and keeps sessions; revocations end them from now on. */
export function createSessions(dependencies: SessionDependencies): Sessions {
  const { change, settings, logger, now, access } = dependencies;
  const registry = createRegistry({ maxPerAccount: () => settings.get('TERMINALS_PER_ACCOUNT'), logger });
  const context: Context = { ...dependencies, registry, tickets: createTickets(now) };
  const stopWatching = watchRevocations(context);
  return {
    open: (caller, opening) => kinds.terminal.open(context, caller, opening),
    execute: (caller, request) => kinds.exec.open(context, caller, request),
    stream: (caller, opening) => commandStream.open(context, caller, opening),
    test: (caller, login) => testLogin(context, caller, login),
    scan: (caller, entryId) => scanServer(context, caller, entryId),
    destination: async (caller, entryId) =>
      // Reading a destination requires what a scan requires, which logs in to no target either.
      describeTarget(dependencies, await access.authorizeUse(caller, { entryId, use: 'scan' })),
    list: (caller, filter) => list(context, caller, filter),
    get: async (caller, id) => (await requireOwnOrMembers(context, caller, id, 'read')).session,
    end: async (caller, id) => endWherever(context, caller, await requireOwnOrMembers(context, caller, id, 'end')),
    rejoin: async (caller, id) => rejoin(context, caller, await requireOwn(context, caller, id, 'rejoin')),
    async resize(caller, id, size) {
      resize(context, await requireOwn(context, caller, id, 'resize'), size);
    },
    admit: (id, ticket) => admit(context, id, ticket),
    recover: () => recoverSessions(change),
    abandon: () => {
      registry.endAll({ cause: 'abandoned', why: say('ended_by_cut_off') });
    },
    count: () => registry.all().length,
    jobs: [
      {
        name: 'sessions.overdue',
        everyMs: overdueCheckMs,
        scope: 'node',
        run: () => {
          endExpired(context);
        },
      },
    ],
    async [Symbol.asyncDispose]() {
      stopWatching();
      await shutDown(context);
    },
  };
}
