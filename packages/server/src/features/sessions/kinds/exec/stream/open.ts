import type { Caller } from '../../../../../kernel/caller.ts';
import { loginOf } from '../../../connect/session-login.ts';
import { beginSession, type Context, type Opening } from '../../../context.ts';
import type { JoinTicket } from '../../../registry/join.ts';
import type { LiveSession } from '../../../registry/live-session.ts';
import type { SessionRecord } from '../../../registry/record.ts';
import type { Reservation } from '../../../registry/registry.ts';
import type { Transport } from '../../../stream/sink.ts';
import type { SessionKind } from '../../kind.ts';
import { expiryReason } from '../../limits.ts';
import { CommandStream } from './command-stream.ts';

/**
 * A command whose input and output go over the transport of its one client. It opens with a ticket and logs in, unattended, when the client joins. It
 * ends with its exit status, when the client disconnects, at its limits, or for the reason of an ending.
 */
export const commandStream: SessionKind<Opening & { readonly command: string }, JoinTicket> = {
  async open(context, caller, opening) {
    const reservation = context.registry.reserve(caller);
    try {
      const record = await beginSession(context, caller, { ...opening, use: 'exec' });
      reservation.start(createLiveSession(context, record, opening.command, reservation));
      const { sessionId } = record;
      return { sessionId, ...context.tickets.issue(sessionId, caller) };
    } catch (error) {
      reservation.release();
      throw error;
    }
  },
};

function createLiveSession(
  context: Context,
  record: SessionRecord,
  command: string,
  reservation: Pick<Reservation, 'loggedIn' | 'release'>,
): LiveSession {
  const { settings, now, logger } = context;
  const openedAtMs = now().getTime();
  let { grant } = record.login;
  const running = new CommandStream({
    id: record.sessionId,
    command,
    now,
    logger,
    connect: loginOf(context, record, reservation.loggedIn),
    onEnd(end) {
      record.login.direct?.credential.forget();
      void record.ended(end).then(() => {
        reservation.release();
      });
    },
  });
  return {
    id: record.sessionId,
    get grant() {
      return grant;
    },
    atShutdown: 'finishes',
    get joinable() {
      if (!running.isWaiting()) return undefined;
      return {
        openedBy: grant.caller,
        joinedBy: (caller: Caller) => {
          grant = grant.joinedBy(caller);
        },
        join: (transport: Transport) => {
          running.join(transport);
        },
      };
    },
    overdue: (nowMs) => expiryReason(settings, { openedAtMs, lastActivityMs: running.lastActivityMs() }, nowMs),
    end(ending) {
      running.end(ending);
    },
  };
}
