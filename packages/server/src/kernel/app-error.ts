import type { RefusableAction, ResourceOf } from '@gatehouse/contract/audit-actions';
import { codedFields, type CodedFields } from '@gatehouse/contract/messages/answer-fields';
import {
  inEnglish,
  messageRow,
  problemOfMessage,
  say,
  type Message,
  type MessageParams,
  type ParamsOf,
  type PlainCodeOf,
  type ProblemMessageCode,
} from '@gatehouse/contract/messages/message';
import type { Problem } from '@gatehouse/contract/problem';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import { ownerColumns, type Owner } from './owner.ts';

/** An attempt on something that exists and that the caller may not use. Only for the audit log; it never leaves the server. */
export interface Refusal<A extends RefusableAction = RefusableAction> {
  readonly action: A;
  readonly resource: ResourceOf<A, 'denied'>;
  readonly resourceId: number | null;
  readonly resourceName?: string;
  readonly organizationId: number | null;
  /** Whether the caller was answered as if it did not exist; then they do not see the audit entry either. */
  readonly hidden?: boolean;
}

/** How much of a limit is used: the values of the RateLimit-* headers. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until more is available. */
  readonly resetS: number;
}

/** One wrong field of a request, by the name that the caller sent. */
export type FieldFault = { readonly path: string } & Readonly<CodedFields<'message'>>;

/** What the caller needs beside the message to decide. */
type Facts = Pick<Problem, 'steps' | 'hostKey' | 'quota' | 'output'>;

interface AppErrorOptions {
  /** Which fields of the request are wrong. */
  readonly details?: readonly FieldFault[];
  readonly facts?: Facts;
  /** When to try again, in seconds. */
  readonly retryAfterS?: number;
  readonly rateLimit?: RateLimit;
  /** Recorded before the answer is sent. */
  readonly refusal?: Refusal | undefined;
  readonly cause?: unknown;
}

/**
 * A failure that the caller may know about. `said` never holds a secret, and `message` is its English sentence. Everything else that is thrown is
 * answered as `internal` and logged with its cause. Most are created by `refuse`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ProblemCode;
  readonly said: Message;
  readonly details: readonly FieldFault[] | undefined;
  readonly facts: Facts;
  readonly retryAfterS: number | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly refusal: Refusal | undefined;

  constructor(
    code: ProblemCode,
    said: Message,
    { details, facts, retryAfterS, rateLimit, refusal, cause }: AppErrorOptions = {},
  ) {
    super(inEnglish(said), { cause });
    this.code = code;
    this.said = said;
    this.details = details;
    this.facts = facts ?? {};
    this.retryAfterS = retryAfterS;
    this.rateLimit = rateLimit;
    this.refusal = refusal;
  }
}

type RefuseArguments<C extends ProblemMessageCode> = [ParamsOf<C>] extends [never]
  ? [options?: AppErrorOptions]
  : [params: ParamsOf<C>, options?: AppErrorOptions];

/** The failure with this message; its problem is in the contract: `throw refuse('username_taken', { username })`. */
export function refuse<C extends ProblemMessageCode>(code: C, ...rest: RefuseArguments<C>): AppError {
  const takesParams = messageRow(code).params !== undefined;
  const [params, options] = (takesParams ? rest : [{}, ...rest]) as [MessageParams, AppErrorOptions?];
  return new AppError(problemOfMessage(code), { code, params }, options);
}

/**
 * The answer both for what does not exist and for what the caller cannot see: the two must look the same. With `refusal`, the attempt on an existing
 * thing is recorded.
 */
export function notFound<A extends RefusableAction>(refusal?: Refusal<A>): AppError {
  return refuse('not_visible', { refusal: refusal && { ...refusal, hidden: true } });
}

/** The answer if the caller can see it but may not do this. */
export function forbidden<A extends RefusableAction>(code: PlainCodeOf<'forbidden'>, refusal?: Refusal<A>): AppError {
  return new AppError('forbidden', say(code), { refusal });
}

/**
 * One wrong field of a request. `path` is the name that the caller sent. With `refusal`, it names something that exists and that the caller cannot
 * see: the attempt is recorded, and the answer is the same as if it did not exist.
 */
export function invalid<A extends RefusableAction>(path: string, fault: Message, refusal?: Refusal<A>): AppError {
  return invalidFields([fieldFault(path, fault)], refusal && { ...refusal, hidden: true });
}

/** What is wrong with a field, for `details`. */
export function fieldFault(path: string, fault: Message): FieldFault {
  return { path, ...codedFields('message', fault) };
}

/** Wrong fields of a request; the message is about the first. */
export function invalidFields(details: readonly FieldFault[], refusal?: Refusal): AppError {
  return new AppError('invalid_request', summaryOf(details), { details, refusal });
}

/** The message of a problem with these details: the first of them. */
export function summaryOf([first]: readonly FieldFault[]): Message {
  if (first === undefined) return say('request_invalid');
  const fault: Message = { code: first.messageCode, params: first.messageParams ?? {} };
  return first.path === '' ? say('request_fault', { fault }) : say('field_fault', { field: first.path, fault });
}

/** The attempt to name an identity of another owner; without its name, which the caller must not learn. */
export function foreignIdentity(resourceId: number, owner: Owner): Refusal<'identity.use'> {
  const { organization_id: organizationId } = ownerColumns(owner);
  return { action: 'identity.use', resource: 'identity', resourceId, organizationId };
}
