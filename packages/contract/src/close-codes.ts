import type { PlainCode } from './messages/message.ts';
import { signedOutCloseCode } from './state-socket.ts';
import { sessionCloseCode } from './terminal-frames.ts';

/** A code with which the server closes a WebSocket (RFC 6455 section 7.4; the 4000s are ours). */
export interface CloseCode {
  readonly code: number;
  readonly meaning: string;
  /** The messages that the close frame can have as its reason, in English, where they are always the same. */
  readonly reasons?: readonly PlainCode[];
}

/** The close codes of every WebSocket, for a client that breaks the rules of the protocol. */
export const protocolCloseCodes = {
  malformed: { code: 1002, meaning: 'The client sent what is no WebSocket frame' },
  notUtf8: { code: 1007, meaning: 'A text frame is not UTF-8' },
  tooManyFragments: { code: 1008, meaning: 'A message has more than 1,024 fragments' },
  tooManyPings: {
    code: 1008,
    meaning: 'The client sent more than 600 pings and pongs in 30 seconds',
    reasons: ['closed_for_pings'],
  },
  tooLarge: { code: 1009, meaning: 'A frame has more than 1 MiB' },
} as const satisfies Readonly<Record<string, CloseCode>>;

/** The close codes of a session. */
export const sessionCloseCodes = {
  exited: { code: sessionCloseCode.exited, meaning: 'The shell or the command has ended; `exit` was sent before' },
  goingAway: { code: sessionCloseCode.goingAway, meaning: 'The server stops; `error` was sent before' },
  badFrame: {
    code: sessionCloseCode.badFrame,
    meaning:
      'A frame that is not of this protocol, too much input before `ready`, or input after its end. A terminal continues without this socket, a command ends',
    reasons: ['closed_for_unknown_frame', 'closed_for_early_input', 'closed_for_late_input'],
  },
  failed: {
    code: sessionCloseCode.failed,
    meaning:
      'The session could not be opened, or a command lost its connection; `error` was sent before, and the reason is the code of the problem',
  },
  takenOver: {
    code: sessionCloseCode.takenOver,
    meaning: 'Another client has joined the terminal instead of this one',
    reasons: ['closed_by_other_client'],
  },
  ended: {
    code: sessionCloseCode.ended,
    meaning:
      'The session was ended: by a person, by a time limit, or because a right on which it is based has ended; `error` was sent before, and the reason is its `why`',
  },
} as const satisfies Readonly<Record<keyof typeof sessionCloseCode, CloseCode>>;

/** The close codes of the state socket. */
export const stateCloseCodes = {
  stops: { code: 1001, meaning: 'The server stops', reasons: ['ended_by_stop'] },
  speaks: { code: 1008, meaning: 'The client sent another message than a ping', reasons: ['closed_for_message'] },
  tooManyPings: {
    code: 1008,
    meaning: 'The client sent more than 60 pings as messages in 30 seconds',
    reasons: ['closed_for_pings'],
  },
  failed: { code: 1011, meaning: 'A fault of the server; connect again', reasons: ['closed_by_fault'] },
  tooSlow: {
    code: 1013,
    meaning: 'The client reads too slowly; connect again later',
    reasons: ['closed_for_slowness'],
  },
  tooMany: {
    code: 1013,
    meaning: 'The account has too many of these sockets; connect again later',
    reasons: ['closed_for_number'],
  },
  signedOut: {
    code: signedOutCloseCode,
    meaning:
      'The sign-in or API key has ended or was revoked, or the account was disabled or deleted: sign in again before reconnecting',
    reasons: ['closed_by_sign_in_end'],
  },
} as const satisfies Readonly<Record<string, CloseCode>>;
