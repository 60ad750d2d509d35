import { z } from 'zod';
import type { RequestHeader, ResponseHeader } from './header-fields.ts';
import type { ProblemCode } from './problem-status.ts';
import type { Scope } from './scopes.ts';

/**
 * Who may call: `none` needs no authentication, `session` needs the token of a sign-in, `bearer` accepts an API key as well, if it has the
 * operation's scope.
 */
export type Access = { kind: 'none' } | { kind: 'session' } | { kind: 'bearer'; scope: Scope };

/** The header fields of an operation: which it reads, and which a success has. */
export interface OperationHeaders {
  readonly reads?: readonly RequestHeader[];
  readonly sends?: readonly ResponseHeader[];
}

/**
 * One operation of the API. The server's route, the typed client and the OpenAPI document are all derived from this value, so that they cannot
 * disagree. `path` is the documented singular spelling; the server accepts the aliases too.
 */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> {
  /** `resource.verb`; stable, used as the OpenAPI operationId. */
  readonly id: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The status of success. */
  readonly status: 200 | 201;
  /** The media type of success; anything but JSON is sent as it is, and `result` then describes the text. */
  readonly mediaType?: string;
  readonly result: Result;
  /**
   * The answer contains a secret that is shown once, or output of a program: it is not stored for a repeated request with the same Idempotency-Key.
   */
  readonly hasOneTimeAnswer?: boolean;
  /** Header fields that it reads or sends, besides those of every operation. */
  readonly headers?: OperationHeaders;
  /** A body for the documentation, as a client would send it. */
  readonly example?: unknown;
  /** The problems of this operation, in addition to those of every operation (see `universalProblems`). */
  readonly errors: readonly ProblemCode[];
}

/** The problems of every operation. */
export const universalProblems: readonly ProblemCode[] = [
  'invalid_request',
  'request_timeout',
  'too_many_requests',
  'headers_too_large',
  'internal',
  'unavailable',
];

/** The problems of requests with a body, expected or not. */
export function bodyProblems(method: Operation['method']): readonly ProblemCode[] {
  return method === 'GET' ? [] : ['payload_too_large', 'unsupported_media_type'];
}

/** The largest body of an operation without sign-in: several times a sign-in with the longest name and password. */
export const maxOpenBodyBytes = 16 * 1024;
const maxCallerBodyBytes = 256 * 1024;

/** The largest body of an operation, in bytes. */
export function maxBodyBytes({ kind }: Access): number {
  return kind === 'none' ? maxOpenBodyBytes : maxCallerBodyBytes;
}

/** Whether a request may have an Idempotency-Key: changes by a caller. Without sign-in, there is no account for which the key could be stored. */
export function takesIdempotencyKey({ method, access }: Pick<Operation, 'method' | 'access'>): boolean {
  return method !== 'GET' && access.kind !== 'none';
}

/** The problems of an Idempotency-Key. */
export function idempotencyProblems(operation: Pick<Operation, 'method' | 'access'>): readonly ProblemCode[] {
  return takesIdempotencyKey(operation) ? ['conflict', 'idempotency_key_reused'] : [];
}

/** The problems of each kind of access. */
export function accessProblems(access: Access): readonly ProblemCode[] {
  switch (access.kind) {
    case 'none':
      return [];
    case 'session':
    case 'bearer':
      return ['malformed_authorization', 'unauthenticated', 'insufficient_scope', 'forbidden'];
  }
}

type Declared<P, Q, B extends z.ZodType, R, Id> = Omit<
  Operation,
  'id' | 'params' | 'query' | 'body' | 'result' | 'status' | 'errors' | 'example'
> & {
  readonly id: Id;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly result: R;
  readonly status?: 200 | 201;
  readonly errors?: readonly ProblemCode[];
  readonly example?: z.input<B>;
};

/** The schema of absent input. */
const nothing: z.ZodType = z.undefined();

/** Declares an operation; by default it takes nothing (`params`, `query`, `body`), answers 200, and adds no problems. */
export function operation<
  R extends z.ZodType,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  Id extends string = string,
>(declared: Declared<P, Q, B, R, Id>): Operation<P, Q, B, R> & { readonly id: Id } {
  return {
    status: 200,
    errors: [],
    ...declared,
    params: (declared.params ?? nothing) as P,
    query: (declared.query ?? nothing) as Q,
    body: (declared.body ?? nothing) as B,
  };
}
