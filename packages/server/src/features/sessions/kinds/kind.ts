import type { Caller } from '../../../kernel/caller.ts';
import type { Context } from '../context.ts';

/**
 * A kind of session. Its folder defines how it opens, what a client may send and how it ends. It opens a `LiveSession`; the rest of the feature knows
 * nothing else of it.
 */
export interface SessionKind<Request, Answer> {
  /** Reserves a session, authorizes it, records the intent, and opens it. */
  open(context: Context, caller: Caller, request: Request): Promise<Answer>;
}
