import type { Grant } from '../../../access/authorize-use.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { TerminalSize } from '../../../protocols/protocol.ts';
import type { Transport } from '../stream/sink.ts';

/** Why something that runs has to stop. */
export interface Ending {
  readonly cause: 'revoked' | 'person' | 'abandoned' | 'idle' | 'shutdown';
  /** Follows “The session was ended:”. */
  readonly words: string;
}

/** Something that runs on a server right now and can be told to stop. */
export interface LiveSession {
  /** Null for what has no row of its own, as a test. */
  readonly id: number | null;
  /** What it was begun with. */
  readonly grant: Pick<Grant, 'isRevokedBy' | 'recheck' | 'callers'>;
  /** Whether a shutdown ends it at once, or lets it finish for a moment. */
  readonly atShutdown: 'ends' | 'finishes';
  /** Absent for what only its request waits for. */
  readonly joinable?: Joinable;
  /** Why its time is over, if it is; absent for what its request limits. */
  overdue?(nowMs: number): Ending | undefined;
  end(ending: Ending): void;
}

/** How clients join a session that outlives the request that opened it. */
export interface Joinable {
  readonly openedBy: Caller;
  /** From now on the session rests on this sign-in, too. */
  joinedBy(caller: Caller): void;
  join(transport: Transport): void;
  /** Absent where it has no size. */
  resize?(size: TerminalSize): void;
}
