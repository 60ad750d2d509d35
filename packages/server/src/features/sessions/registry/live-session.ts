import type { Message } from '@gatehouse/contract/messages/message';
import type { Grant } from '../../../access/authorize-use.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { TerminalSize } from '../../../protocols/protocol.ts';
import type { Transport } from '../stream/sink.ts';

/** Why a running use must end. */
export interface Ending {
  readonly cause: 'revoked' | 'person' | 'abandoned' | 'idle' | 'shutdown';
  /** Stands in “The session has ended: …”. */
  readonly why: Message;
}

/** A running use of a server that can be ended. */
export interface LiveSession {
  /** Null for a use without a session row, such as a test. */
  readonly id: number | null;
  /** The grant with which it began. */
  readonly grant: Pick<Grant, 'isRevokedBy' | 'recheck' | 'callers'>;
  /** Whether a shutdown ends it at once or lets it finish for a moment. */
  readonly atShutdown: 'ends' | 'finishes';
  /** Absent for uses within one request, and where no other client can join. */
  readonly joinable?: Joinable | undefined;
  /** Why it has expired, if it has; absent if its request limits it. */
  overdue?(nowMs: number): Ending | undefined;
  end(ending: Ending): void;
}

/** How clients join a session that outlives its request. */
export interface Joinable {
  readonly openedBy: Caller;
  /** The session is also based on this sign-in from now on. */
  joinedBy(caller: Caller): void;
  join(transport: Transport): void;
  /** Absent for sessions without a size. */
  resize?(size: TerminalSize): void;
}
