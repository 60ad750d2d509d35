import type { sessionCloseCodes } from '@gatehouse/contract/close-codes';
import type { CommandServerFrame } from '@gatehouse/contract/command-frames';
import type { Message } from '@gatehouse/contract/messages/message';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import type { TerminalServerFrame } from '@gatehouse/contract/terminal-frames';

/** Why a session closes a client's sink. */
export type CloseReason = keyof typeof sessionCloseCodes;

/** Of a command, whose two outputs are apart. A terminal has only one. */
export type OutputStream = 'stdout' | 'stderr';

/** The connection to one client that has joined a session, over any transport. */
export interface Sink {
  /** Sends a control message; messages and bytes keep their order. */
  tell(frame: TerminalServerFrame | CommandServerFrame): void;
  send(bytes: Buffer, stream?: OutputStream): void;
  /** Sent bytes that have not left this process yet. */
  queuedBytes(): number;
  /** Stops reading until `resume`: input and control messages. */
  pause(): void;
  resume(): void;
  /** Whether it is not read now, so that an acknowledgement cannot arrive. */
  isPaused(): boolean;
  /** Closes it after queued output. No further events come from it, not even its loss. */
  close(reason: CloseReason, why: Message | ProblemCode): void;
  /** Closes it because its client broke the protocol; the listener is told that it is lost. */
  reject(why: Message): void;
}

/** Events of a client. */
export interface SinkListener {
  onBytes(bytes: Buffer): void;
  /** An unchecked control message: the kind of the session defines what a client may send. */
  onControl(message: unknown): void;
  /** The connection broke, or the client closed it. */
  onLost(): void;
}

/** Connects a session and one admitted client. Called once. */
export type Transport = (listener: SinkListener) => Sink;
