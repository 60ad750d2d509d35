import type { Caller } from '../../../kernel/caller.ts';
import type { Context } from '../context.ts';

/**
 * A kind of session. Its folder says how it opens, what a client may send and how it ends; what it opens is a `LiveSession`, which is all that the
 * rest of the feature knows of it.
 */
export interface SessionKind<Request, Answer> {
  /** Takes a place among what runs, authorizes, records the intent, and opens it. */
  open(context: Context, caller: Caller, request: Request): Promise<Answer>;
}
