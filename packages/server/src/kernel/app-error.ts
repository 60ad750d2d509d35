import type { RefusableAction, ResourceOf } from '@gatehouse/contract/audit-actions';
import type { Problem, ProblemCode, ProblemDetail } from '@gatehouse/contract/problem';
import { ownerColumns, type Owner } from './owner.ts';

/** An attempt on something that exists and that the caller may not touch. For the audit log alone; it never leaves the server. */
export interface Refusal<A extends RefusableAction = RefusableAction> {
  readonly action: A;
  readonly resource: ResourceOf<A, 'denied'>;
  readonly resourceId: number | null;
  readonly resourceName?: string;
  readonly organizationId: number | null;
  /** Whether the caller got the answer of what does not exist; then the record of it is kept from him, too. */
  readonly hidden?: boolean;
}

/** How far a limit is used up: what the RateLimit-* headers say. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until there is more. */
  readonly resetS: number;
}

interface AppErrorOptions {
  /** Which fields of the request are wrong. */
  readonly details?: readonly ProblemDetail[];
  /** What the caller needs beside the message to decide: how far a login came, the host key that waits. */
  readonly facts?: Pick<Problem, 'steps' | 'hostKey' | 'quota'>;
  /** When to try again, in seconds. */
  readonly retryAfterS?: number;
  readonly rateLimit?: RateLimit;
  /** Recorded before the caller gets the answer. */
  readonly refusal?: Refusal | undefined;
  readonly cause?: unknown;
}

/**
 * A failure that the caller may know about. `message` is a sentence for a person and never holds a secret; everything else that is thrown
 * is answered as `internal` and logged with its cause.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ProblemCode;
  readonly details: readonly ProblemDetail[] | undefined;
  readonly facts: Pick<Problem, 'steps' | 'hostKey' | 'quota'>;
  readonly retryAfterS: number | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly refusal: Refusal | undefined;

  constructor(
    code: ProblemCode,
    message: string,
    { details, facts, retryAfterS, rateLimit, refusal, cause }: AppErrorOptions = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.details = details;
    this.facts = facts ?? {};
    this.retryAfterS = retryAfterS;
    this.rateLimit = rateLimit;
    this.refusal = refusal;
  }
}

/**
 * The one answer for what does not exist and for what the caller cannot see; the two must not be told apart. With `refusal`, the attempt on
 * something that does exist is recorded.
 */
export function notFound<A extends RefusableAction>(refusal?: Refusal<A>): AppError {
  return new AppError('not_found', 'There is nothing here that you can see.', {
    refusal: refusal && { ...refusal, hidden: true },
  });
}

/** What the caller can see and still may not do. */
export function forbidden<A extends RefusableAction>(message: string, refusal?: Refusal<A>): AppError {
  return new AppError('forbidden', message, { refusal });
}

/**
 * One wrong field of a request. `path` is the field's name as the caller sent it. With `refusal`, it names something that exists and that the
 * caller cannot see: the attempt is recorded, and the answer is that for what does not exist.
 */
export function invalid<A extends RefusableAction>(path: string, message: string, refusal?: Refusal<A>): AppError {
  return new AppError('invalid_request', `${path}: ${message}`, {
    details: [{ path, message }],
    refusal: refusal && { ...refusal, hidden: true },
  });
}

/** The attempt to name an identity of somebody else in a request; without its name, which the caller must not learn. */
export function foreignIdentity(resourceId: number, owner: Owner): Refusal<'identity.use'> {
  const { organization_id: organizationId } = ownerColumns(owner);
  return { action: 'identity.use', resource: 'identity', resourceId, organizationId };
}
