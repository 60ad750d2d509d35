import { actorOf } from '../../../../audit/actor.ts';
import { record } from '../../../../audit/record.ts';
import type { Session } from '@gatehouse/contract/connections';
import { AppError, notFound } from '../../../../kernel/app-error.ts';
import { isSameCredential, type Caller } from '../../../../kernel/caller.ts';
import type { TerminalSize } from '../../../../protocols/protocol.ts';
import type { WebSocket } from 'ws';
import type { Book } from '../../registry/record.ts';
import { prepare, type Context, type Live } from '../../context.ts';
import type { Place } from '../../registry/registry.ts';
import { connect } from '../../connect/login.ts';
import { Terminal } from './terminal.ts';

const minuteMs = 60_000;
/** After so many seconds a client may find the right node, or the session over. */
const retryAfterS = 5;

export interface Ticket {
  readonly sessionId: number;
  readonly ticket: string;
  readonly expiresAt: string;
}

export type Opening = Omit<Parameters<typeof prepare>[2], 'use'>;

/** Prepares a terminal, which logs in when its socket joins. */
export async function openTerminal(
  context: Context,
  caller: Caller,
  { cols, rows, ...opening }: Opening & TerminalSize,
): Promise<Ticket> {
  const place = context.live.enter(caller);
  try {
    const book = await prepare(context, caller, { ...opening, use: 'terminal' });
    const live = createLive(context, book, { cols, rows }, place);
    place.occupy(live);
    return { sessionId: live.id, ...context.tickets.issue(live.id, caller) };
  } catch (error) {
    place.leave();
    throw error;
  }
}

function createLive(
  context: Context,
  book: Book,
  size: TerminalSize,
  place: Pick<Place<Live>, 'loggedIn' | 'leave'>,
): Live & { readonly id: number } {
  const { login, sessionId: id } = book;
  const { settings, now, logger } = context;
  if (id === null) throw new Error('a terminal is a session');
  const terminal = new Terminal({
    id,
    size,
    now,
    logger,
    resumeMs: () => settings.get('TERMINAL_RESUME_MINUTES') * minuteMs,
    async connect(company) {
      try {
        const connection = await connect(context, book, company);
        place.loggedIn();
        return connection;
      } finally {
        login.direct?.forget();
      }
    },
    onEnd(end) {
      login.direct?.forget();
      void book.ended(end).then(() => {
        place.leave();
      });
    },
  });
  const openedAtMs = now().getTime();
  let { grant } = login;
  return {
    id,
    get grant() {
      return grant;
    },
    terminal: {
      join: (socket) => {
        terminal.join(socket);
      },
      resize: (size) => {
        terminal.resize(size);
      },
      lastActivityMs: () => terminal.lastActivityMs(),
      openedBy: grant.caller,
      openedAtMs,
      joinedBy(caller) {
        grant = grant.joinedBy(caller);
      },
    },
    end(ending) {
      terminal.end(ending);
    },
  };
}

/** A new ticket for a terminal that lost its socket, or is to be taken over. An API key joins only what it has opened itself. */
export async function rejoin(
  { database, live, tickets, isSignedIn }: Context,
  caller: Caller,
  session: Session,
): Promise<Ticket> {
  const found = live.get(session.id)?.terminal;
  if (found === undefined) throw notHere(session);
  const { openedBy } = found;
  const isOwn = isSameCredential(caller.via, openedBy.via);
  const { id, entryId, entryName, organizationId } = session;
  if (caller.via.type === 'api-key' && !isOwn)
    throw notFound({ action: 'session.rejoin', resource: 'session', resourceId: id, organizationId });
  await database.transaction((trx) =>
    record(trx, {
      actor: actorOf(caller),
      action: 'session.rejoin',
      resource: 'session',
      resourceId: id,
      resourceName: entryName,
      organizationId,
      outcome: 'ok',
      details: { entryId },
    }),
  );
  const ticket = tickets.issue(id, caller);
  // A revocation before the ticket was issued is seen here; one after it voids the ticket.
  if (!(await isSignedIn(caller))) throw new AppError('unauthenticated', 'The sign-in has ended.');
  return { sessionId: id, ...ticket };
}

/** Why a session cannot be reached here: it is over, or another node has it. */
export function notHere({ endedAt }: Session): AppError {
  return endedAt === null
    ? new AppError('unavailable', 'Another node has this session; come by the way on which it was opened.', {
        retryAfterS,
      })
    : notFound();
}

/** What a socket with this ticket does to join; throws `unauthenticated`. The ticket is used up in any case. */
export function admit({ live, tickets }: Context, id: number, ticket: string): (socket: WebSocket) => void {
  const caller = tickets.redeem(ticket, id);
  const found = live.get(id)?.terminal;
  if (caller === undefined || found?.openedBy.accountId !== caller.accountId)
    throw new AppError('unauthenticated', 'The ticket is not valid for this session; get a new one.');
  found.joinedBy(caller);
  return (socket) => {
    found.join(socket);
  };
}
