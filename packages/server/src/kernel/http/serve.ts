import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { maxBodyBytes, takesIdempotencyKey, type Operation } from '@gatehouse/contract/operation';
import { problemSchema } from '@gatehouse/contract/problem';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller, Client } from '../caller.ts';
import { answerOnce } from './answer-once.ts';
import { callerOf, clientOf } from './authenticate.ts';
import { idempotencyKeyOf } from './idempotency.ts';
import { LongAnswer, sendLong } from './long-answer.ts';
import type { RequestOrigin } from './own-origin.ts';
import { PreparedAnswer, sendPrepared } from './prepared-answer.ts';

interface OpenRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly client: Client;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly headers: IncomingHttpHeaders;
  readonly arrival: RequestOrigin;
  readonly setHeader: (name: string, value: string) => void;
}

interface CallerRequest<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends OpenRequest<P, Q, B> {
  readonly caller: Caller;
}

/** A stream is for operations with their own media type; it is destroyed when the client disconnects. */
type Answer<R extends z.ZodType> = z.input<R> | PreparedAnswer | LongAnswer | Readable;

/** Serves an operation to an authenticated caller. */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  operation: Operation<P, Q, B, R>,
  handle: (request: CallerRequest<P, Q, B>) => Promise<Answer<R>>,
): void {
  if (operation.access.kind === 'none') throw new Error(`${operation.id} is open: use serveOpen`);
  addRoute(app, operation, (request, reply) => {
    const caller = callerOf(request);
    return handle({ ...open<P, Q, B>(request, reply, caller.client), caller });
  });
}

/** Serves an operation whose access is `none`. */
export function serveOpen<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  operation: Operation<P, Q, B, R>,
  handle: (request: OpenRequest<P, Q, B>) => Promise<Answer<R>>,
): void {
  if (operation.access.kind !== 'none') throw new Error(`${operation.id} needs a caller: use serve`);
  addRoute(app, operation, (request, reply) => handle(open<P, Q, B>(request, reply, clientOf(request))));
}

function open<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  request: FastifyRequest,
  reply: FastifyReply,
  client: Client,
): OpenRequest<P, Q, B> {
  return {
    client,
    params: request.params as z.output<P>,
    query: request.query as z.output<Q>,
    body: request.body as z.output<B>,
    headers: request.headers,
    arrival: request,
    setHeader: (name, value) => void reply.header(name, value),
  };
}

function addRoute(
  app: FastifyInstance,
  operation: Operation,
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const mayRepeat = takesIdempotencyKey(operation);
  app.route({
    method: operation.method,
    url: operation.path,
    config: { operation },
    bodyLimit: maxBodyBytes(operation.access),
    schema: {
      ...takes('params', operation.params),
      ...takes('querystring', operation.query),
      ...takes('body', bodyOf(operation)),
      response: { [operation.status]: operation.result, '4xx': problemSchema, '5xx': problemSchema },
    },
    handler: async (request, reply) => {
      const key = mayRepeat ? idempotencyKeyOf(request.headers['idempotency-key']) : undefined;
      if (key !== undefined) return answerOnce({ operation, request, reply, key }, handle);
      const answer = await handle(request, reply);
      if (answer instanceof PreparedAnswer) return sendPrepared(request, reply, answer);
      if (answer instanceof LongAnswer) return sendLong(request, reply, answer);
      if (operation.mediaType !== undefined) void reply.type(operation.mediaType);
      return reply.code(operation.status).send(answer);
    },
  });
}

/** Clients send an empty object if there is nothing to say; unknown fields are refused. */
const noFields = z.strictObject({}).nullish();

function bodyOf({ method, body }: Operation): z.ZodType {
  return body instanceof z.ZodUndefined && method !== 'GET' ? noFields : body;
}

function takes(part: string, schema: z.ZodType): Record<string, z.ZodType> {
  return schema instanceof z.ZodUndefined ? {} : { [part]: schema };
}
