import type { TerminalServerFrame } from '@gatehouse/contract/connections';

/** Why a session lets go of a client. */
export type CloseReason = 'exited' | 'goingAway' | 'badFrame' | 'failed' | 'takenOver' | 'ended';

/** The way to one client that has joined a session, whatever carries it. */
export interface Sink {
  /** Control messages; they keep their order among the bytes. */
  tell(frame: TerminalServerFrame): void;
  send(bytes: Buffer): void;
  /** What was sent and has not left this process yet, in bytes. */
  queuedBytes(): number;
  /** Reads no more until `resume`: neither input nor control messages. */
  pause(): void;
  resume(): void;
  /** Ends it, after what was sent; nothing is heard from it any more, not even that it is gone. `words` are ours and short. */
  close(reason: CloseReason, words: string): void;
  /** Ends one whose client breaks the protocol; for the listener it is lost. */
  reject(words: string): void;
}

/** What comes from a client. */
export interface SinkListener {
  onBytes(bytes: Buffer): void;
  /** A control message as it came: what a client may send is for the kind of the session to say. */
  onControl(message: unknown): void;
  /** The connection broke, or the client closed it. */
  onLost(): void;
}

/** Begins to carry bytes and control messages between a session and one client that was admitted. Called once. */
export type Transport = (listener: SinkListener) => Sink;
