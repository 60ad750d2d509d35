import type { Grant } from '../../../../access/authorize-use.ts';
import type { TerminalEnvironment, TerminalSize } from '../../../../protocols/protocol.ts';
import { loginOf } from '../../connect/session-login.ts';
import { beginSession, type Context, type Opening } from '../../context.ts';
import type { JoinTicket } from '../../registry/join.ts';
import type { LiveSession } from '../../registry/live-session.ts';
import type { SessionRecord } from '../../registry/record.ts';
import type { Reservation } from '../../registry/registry.ts';
import type { SessionKind } from '../kind.ts';
import { resumeMs, expiryReason } from '../limits.ts';
import { backspaceBytes, type CharacterOptions } from './characters/streams.ts';
import { Terminal } from './terminal.ts';

/**
 * A terminal. It opens with a ticket and logs in when a client joins with it; `control.ts` defines what clients may send. It ends with its shell,
 * when no client joins in time, at its limits, or for the reason of an ending.
 */
export const terminal: SessionKind<Opening & TerminalSize, JoinTicket> = {
  async open(context, caller, { cols, rows, ...opening }) {
    const reservation = context.registry.reserve(caller);
    try {
      const record = await beginSession(context, caller, { ...opening, use: 'terminal' });
      reservation.start(createLiveSession(context, record, { cols, rows }, reservation));
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
  size: TerminalSize,
  reservation: Pick<Reservation, 'loggedIn' | 'release'>,
): LiveSession {
  const { settings, now } = context;
  const shell = createTerminal(context, record, size, reservation);
  const openedAtMs = now().getTime();
  let { grant } = record.login;
  return {
    id: record.sessionId,
    get grant() {
      return grant;
    },
    atShutdown: 'ends',
    joinable: {
      openedBy: grant.caller,
      joinedBy(caller) {
        grant = grant.joinedBy(caller);
      },
      join: (transport) => {
        shell.join(transport);
      },
      resize: (size) => {
        shell.resize(size);
      },
    },
    overdue: (nowMs) => expiryReason(settings, { openedAtMs, lastActivityMs: shell.lastActivityMs() }, nowMs),
    end(ending) {
      shell.end(ending);
    },
  };
}

/** What the web app emulates, unless the entry names another terminal type for servers that do not know it. */
const defaultTerminalType = 'xterm-256color';

type EntryConfig = Grant['target']['entry']['config'];

function environmentOf({ term, locale }: EntryConfig, { charset, backspace }: CharacterOptions): TerminalEnvironment {
  const environment = locale === undefined ? {} : { LANG: locale };
  const input = { eraseByte: backspaceBytes[backspace], isUtf8: charset === 'utf-8' };
  return { term: term ?? defaultTerminalType, environment, ...input };
}

function charactersOf({ charset = 'utf-8', backspace = 'del' }: EntryConfig): CharacterOptions {
  return { charset, backspace };
}

function createTerminal(
  context: Context,
  record: SessionRecord,
  size: TerminalSize,
  reservation: Pick<Reservation, 'loggedIn' | 'release'>,
): Terminal {
  const { settings, now, logger } = context;
  const { direct, grant } = record.login;
  const { config } = grant.target.entry;
  const characters = charactersOf(config);
  return new Terminal({
    id: record.sessionId,
    size,
    environment: environmentOf(config, characters),
    characters,
    now,
    logger,
    resumeMs: () => resumeMs(settings),
    connect: loginOf(context, record, reservation.loggedIn),
    onEnd(end) {
      direct?.credential.forget();
      void record.ended(end).then(() => {
        reservation.release();
      });
    },
  });
}
