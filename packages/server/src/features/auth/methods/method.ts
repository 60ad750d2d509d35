import type { AppError, RateLimit } from '../../../kernel/app-error.ts';
import type { Client } from '../../../kernel/caller.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import type { FailedSignIn } from '../sign-in-record.ts';
import type { SignInAccount } from '../repository.ts';
import type { ClaimedAccount } from '../subjects.ts';

/** The account of a sign-in attempt: limits count against it, and it is recorded. */
export interface SignInAttempt {
  readonly claimed: ClaimedAccount;
  /** As it was typed. */
  readonly username: string;
  /** Undefined if no account has that name. */
  readonly account: SignInAccount | undefined;
}

/** A method as a person sees it. */
export interface Provider {
  readonly id: string;
  readonly type: 'internal';
  readonly name: string;
  /** Whether the proof is checked here, and not by another system. */
  readonly isInternal: boolean;
}

/**
 * One method of signing in. `begin` determines the account, `complete` checks the proof; everything before, between and after them (limits, sign-in
 * row, audit) is in `sign-in.ts` and the same for every method.
 */
export interface SignInMethod<Request, Begun extends SignInAttempt> {
  readonly id: string;
  /** The method in GET /api/auth/providers/list. */
  readonly provider: Provider;
  /** Changes nothing and does not check the proof: the attempt is not counted yet. */
  begin(client: Client, request: Request): Promise<Begun>;
  /** Throws what `SignInEnd` throws. Does the same work whether the account exists or not. */
  complete(begun: Begun, end: SignInEnd): Promise<SignedIn>;
  /** The uniform answer to every proof that is not accepted. */
  refusal(rateLimit?: RateLimit): AppError;
}

/** The end of every sign-in; nothing else creates sign-ins. */
export interface SignInEnd {
  /** Counts the attempt; must be called before the proof is checked. Throws `too_many_requests`. */
  count(): Promise<CountedSignIn>;
}

/** A counted attempt. A method ends it in one of these two ways. */
export interface CountedSignIn {
  /** Creates the sign-in. Throws the method's refusal, and stores nothing, if the account was changed, disabled or deleted meanwhile. */
  accept(acceptance: Acceptance): Promise<SignedIn>;
  /** Records the failure and throws the method's refusal. */
  refuse(reason: FailedSignIn['reason']): Promise<never>;
}

/** A correct proof. */
export interface Acceptance {
  readonly account: SignInAccount;
  /** Whether the proof is right for the present account, checked in the transaction of the sign-in; stores the state of the method. */
  readonly confirm: (trx: Trx, current: SignInAccount) => Promise<boolean>;
}

declare const signedIn: unique symbol;

/** A new sign-in; only `sign-in.ts` creates one. */
export interface SignedIn {
  readonly [signedIn]: true;
  readonly token: string;
}
