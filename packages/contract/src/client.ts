import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { problemSchema, type Problem } from './problem.ts';

/** A failed call, with the problem in the answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;
  /** When to try again, in seconds, if the server said so. */
  readonly retryAfterS: number | undefined;

  constructor(problem: Problem, retryAfterS?: number) {
    super(problem.message);
    this.problem = problem;
    this.retryAfterS = retryAfterS;
  }
}

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', P> &
  Part<'query', Q> &
  Part<'body', B>;

/** A part that the operation does not take is omitted; one without required properties may be. */
type Part<Name extends string, Schema extends z.ZodType> = [z.input<Schema>] extends [undefined]
  ? object
  : Partial<z.input<Schema>> extends z.input<Schema>
    ? Partial<Record<Name, z.input<Schema>>>
    : Record<Name, z.input<Schema>>;

interface ClientOptions {
  /** The address of the server, without a trailing slash: `http://127.0.0.1:6989`. */
  readonly baseUrl: string;
  /** The token of a sign-in, or an API key. */
  readonly token?: string;
  /** Sent with every call, for example `prefer: handling=strict`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long to wait for an answer, in milliseconds. */
  readonly timeoutMs?: number;
}

interface CallOptions {
  /** Sent only with this call, for example `if-match`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long to wait for this answer, in milliseconds. */
  readonly timeoutMs?: number;
}

interface Exchange<R> {
  readonly result: R;
  /** The entity tag of the version that was read or written; null if the operation has none. */
  readonly etag: string | null;
}

interface LooseInput {
  params?: Record<string, unknown>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

/** A client that calls operations of this contract with `fetch`; throws `ApiError` if the server answers a problem. */
export function createClient({ baseUrl, token, headers, timeoutMs = 30_000 }: ClientOptions) {
  /** Like `call`, with the entity tag of the answer. */
  async function exchange<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    operation: Operation<P, Q, B, R>,
    input: Input<P, Q, B>,
    options: CallOptions = {},
  ): Promise<Exchange<z.output<R>>> {
    const { params = {}, query = {}, body } = input as LooseInput;
    const answer = await fetch(baseUrl + fillPath(operation.path, params) + queryString(query), {
      method: operation.method,
      headers: {
        ...headers,
        ...options.headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(options.timeoutMs ?? timeoutMs),
    });
    if (answer.status !== operation.status)
      throw new ApiError(problemSchema.parse(await answer.json()), retryAfterOf(answer));
    const text = await answer.text();
    const result = operation.result.parse(operation.mediaType === undefined ? JSON.parse(text) : text);
    return { result, etag: answer.headers.get('etag') };
  }

  async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
    operation: Operation<P, Q, B, R>,
    input: Input<P, Q, B>,
    options?: CallOptions,
  ): Promise<z.output<R>> {
    return (await exchange(operation, input, options)).result;
  }
  return { call, exchange };
}

/** Our server sends seconds, never a date (RFC 9110 section 10.2.3). */
function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = headers.get('retry-after');
  return seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) : undefined;
}

function fillPath(path: string, params: Record<string, unknown>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function queryString(query: Record<string, string | number | boolean | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}
