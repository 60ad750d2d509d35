import { z } from 'zod';
import { protocolCloseCodes, sessionCloseCodes, stateCloseCodes, type CloseCode } from './close-codes.ts';
import { commandClientFrame, commandServerFrame } from './command-frames.ts';
import type { ProblemCode } from './problem-status.ts';
import { stateFrame, statePing, statePong } from './state-socket.ts';
import { terminalClientFrame, terminalServerFrame } from './terminal-frames.ts';

/** Every WebSocket of the API. The server does not start with an undeclared one. */
export const socketPaths = ['/api/ws/session/:sessionId', '/api/ws/state'] as const;
export type SocketPath = (typeof socketPaths)[number];

/** The binary frames of one direction. */
export interface ByteFrames {
  readonly name: string;
  readonly description: string;
}

/** What one side sends: text frames with JSON, and binary frames. */
export interface SentFrames {
  readonly text?: z.ZodType;
  readonly bytes?: ByteFrames;
}

/** One use of a WebSocket. Several uses can have the same path: then the session decides which one it is. */
export interface SocketChannel {
  readonly id: string;
  readonly path: SocketPath;
  readonly title: string;
  readonly description: string;
  /** `ticket`: with a ticket as another subprotocol. `caller`: with a sign-in or an API key. */
  readonly access: 'ticket' | 'caller';
  readonly fromClient: SentFrames;
  readonly fromServer: SentFrames;
  readonly closeCodes: readonly CloseCode[];
  /** How an upgrade is refused: as an ordinary HTTP answer with the body of a problem. */
  readonly errors: readonly ProblemCode[];
}

const ofEachSocket = Object.values(protocolCloseCodes);
const ofEachSession = [...Object.values(sessionCloseCodes), ...ofEachSocket];
const sessionErrors: readonly ProblemCode[] = [
  'invalid_request',
  'malformed_authorization',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'unavailable',
];

const terminal: SocketChannel = {
  id: 'terminal',
  path: '/api/ws/session/:sessionId',
  title: 'A terminal on a server',
  description:
    'Joins the terminal that `POST /api/connection` prepared, or that `POST /api/connection/{sessionId}/ticket` gave another ticket for; the first client starts the login. The server sends at most 512 KiB of output that the client has not acknowledged. docs/terminal-protocol.md has the whole protocol.',
  access: 'ticket',
  fromClient: {
    text: terminalClientFrame,
    bytes: { name: 'TerminalInput', description: 'Input of the terminal, in UTF-8; at most 64 KiB before `ready`' },
  },
  fromServer: {
    text: terminalServerFrame,
    bytes: {
      name: 'TerminalOutput',
      description: 'Output of the terminal, in UTF-8; a character may be split between two frames',
    },
  },
  closeCodes: ofEachSession,
  errors: sessionErrors,
};

const command: SocketChannel = {
  id: 'command',
  path: '/api/ws/session/:sessionId',
  title: 'A command on a server',
  description:
    'Runs the command that `POST /api/connection/{entryId}/exec/stream` prepared. It belongs to its one client and ends with it. In each direction, at most 512 KiB are in transit that the other side has not acknowledged. docs/command-protocol.md has the whole protocol.',
  access: 'ticket',
  fromClient: {
    text: commandClientFrame,
    bytes: { name: 'CommandInput', description: 'Standard input of the command' },
  },
  fromServer: {
    text: commandServerFrame,
    bytes: {
      name: 'CommandOutput',
      description: 'One byte that says which stream it is, 1 for stdout and 2 for stderr, then output of that stream',
    },
  },
  closeCodes: ofEachSession,
  errors: sessionErrors,
};

const state: SocketChannel = {
  id: 'state',
  path: '/api/ws/state',
  title: 'Which lists have changed',
  description:
    'Says which lists of the caller have changed. An API key hears of the lists that its scopes may read (`identities:list`, `entries:read`, `connections:read`, `organizations:read`) and needs one of them. An account may have 20 of these sockets. The client sends nothing but pings.',
  access: 'caller',
  fromClient: { text: statePing },
  fromServer: { text: z.union([stateFrame, statePong]) },
  closeCodes: [...Object.values(stateCloseCodes), ...ofEachSocket],
  errors: [
    'invalid_request',
    'malformed_authorization',
    'unauthenticated',
    'forbidden',
    'insufficient_scope',
    'too_many_requests',
    'unavailable',
  ],
};

/** Every use of a WebSocket, in the order in which the documentation shows them. */
export const socketChannels: readonly SocketChannel[] = [terminal, command, state];
