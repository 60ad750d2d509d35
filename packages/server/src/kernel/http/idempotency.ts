import type { Operation } from '@gatehouse/contract/operation';
import { z } from 'zod';
import { refuse, type AppError } from '../app-error.ts';
import type { Caller } from '../caller.ts';

/** A request that a client may repeat without it being done twice. */
export interface RepeatableRequest {
  readonly caller: Caller;
  readonly key: string;
  readonly operationId: string;
  /** Everything that the request asks for, as text. */
  readonly content: string;
}

/** The answer to the client; `body` is the JSON text. */
export interface KeptAnswer {
  readonly body: string;
  /** Header fields that the operation has set. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Remembers requests with an Idempotency-Key. */
export interface Idempotency {
  /**
   * The earlier answer, or undefined after recording that the request has begun. Throws `idempotency_key_reused` if the key was used for another
   * request, `conflict` if the first one is not finished, its outcome is unknown or its answer was not kept, `too_many_requests`.
   */
  begin(request: RepeatableRequest): Promise<KeptAnswer | undefined>;
  /** Stores the answer; undefined: records that the request was answered, without the answer. */
  finish(request: RepeatableRequest, answer: KeptAnswer | undefined): Promise<void>;
  /** Forgets a request that changed nothing, so that it can be tried again. */
  forget(request: RepeatableRequest): Promise<void>;
}

/** Visible ASCII: a UUID, or the quoted string of draft-ietf-httpapi-idempotency-key-header. */
const keySyntax = /^[\x21-\x7e]{1,255}$/;

/** The key of a header, which may be missing; throws `invalid_request` for one that is malformed. */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && keySyntax.test(header)) return header;
  throw refuse('idempotency_key_malformed');
}

/** The problems which prove that nothing was done. */
export function hasDoneNothing({ code }: AppError): boolean {
  return code !== 'internal' && code !== 'timed_out';
}

/** The answer of an operation as it is sent. */
export function answerText({ result }: Operation, answer: unknown): string {
  return JSON.stringify(z.encode(result, answer));
}
