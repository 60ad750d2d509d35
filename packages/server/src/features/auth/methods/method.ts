import type { AppError, RateLimit } from '../../../kernel/app-error.ts';
import type { Client } from '../../../kernel/caller.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import type { FailedSignIn } from '../sign-in-record.ts';
import type { SignInAccount } from '../repository.ts';
import type { ClaimedAccount } from '../subjects.ts';

/** Which account an attempt to sign in is for: what its limits count against, and what is recorded. */
export interface SignInAttempt {
  readonly claimed: ClaimedAccount;
  /** As it was typed. */
  readonly username: string;
  /** Undefined where no account has that name. */
  readonly account: SignInAccount | undefined;
}

/** A method as a person chooses it. */
export interface Provider {
  readonly id: string;
  readonly type: 'internal';
  readonly name: string;
}

/**
 * One method of signing in. `begin` says which account is meant, `complete` checks the proof; everything before, between and after them (limits,
 * session, audit) is `sign-in.ts`'s and the same for every method.
 */
export interface SignInMethod<Request, Begun extends SignInAttempt> {
  readonly id: string;
  /** What GET /api/auth/providers/list says of it. */
  readonly provider: Provider;
  /** Changes nothing, and does not look at the proof: the attempt is not counted yet. */
  begin(client: Client, request: Request): Promise<Begun>;
  /** Throws what `SignInEnd` throws. The same work, whether the account exists or not. */
  complete(begun: Begun, end: SignInEnd): Promise<SignedIn>;
  /** The one answer for every proof that is not accepted. */
  refusal(rateLimit?: RateLimit): AppError;
}

/** The end of every sign-in, the only way to a session. */
export interface SignInEnd {
  /** Counts the attempt, which has to happen before its proof is looked at; throws `too_many_requests`. */
  count(): Promise<CountedSignIn>;
}

/** An attempt that is counted. A method ends it in one of these two ways. */
export interface CountedSignIn {
  /** Starts a session. Throws the method's refusal where the account was changed, disabled or deleted meanwhile, and nothing is stored then. */
  accept(acceptance: Acceptance): Promise<SignedIn>;
  /** Records the failure and throws the method's refusal. */
  refuse(reason: FailedSignIn['reason']): Promise<never>;
}

/** A proof that was right. */
export interface Acceptance {
  readonly account: SignInAccount;
  /** Whether the proof is right for the account as it is now, in the transaction of the sign-in; stores what the method keeps. */
  readonly confirm: (trx: Trx, current: SignInAccount) => Promise<boolean>;
}

declare const signedIn: unique symbol;

/** A session that was started; only the shared end makes one. */
export interface SignedIn {
  readonly [signedIn]: true;
  readonly token: string;
}
