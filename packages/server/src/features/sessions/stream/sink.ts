import type { CommandServerFrame } from '@gatehouse/contract/connections';

/** Why a session closes a client's sink. */
export type CloseReason = 'exited' | 'goingAway' | 'badFrame' | 'failed' | 'takenOver' | 'ended';

/** Of a command, whose two outputs are apart. A terminal has only one. */
export type OutputStream = 'stdout' | 'stderr';

/** The connection to one client that has joined a session, over any transport. */
export interface Sink {
  /** Sends a control message; messages and bytes keep their order. */
  tell(frame: CommandServerFrame): void;
  send(bytes: Buffer, stream?: OutputStream): void;
  /** Sent bytes that have not left this process yet. */
  queuedBytes(): number;
  /** Stops reading until `resume`: input and control messages. */
  pause(): void;
  resume(): void;
  /** Whether it is not read now, so that an acknowledgement cannot arrive. */
  isPaused(): boolean;
  /** Closes it after queued output. No further events come from it, not even its loss. `words` are ours and short. */
  close(reason: CloseReason, words: string): void;
  /** Closes it because its client broke the protocol; the listener is told that it is lost. */
  reject(words: string): void;
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
