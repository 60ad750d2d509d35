import type { Operation } from '@gatehouse/contract/operation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './authenticate.ts';
import { answerText, hasDoneNothing, type KeptAnswer, type RepeatableRequest } from './idempotency.ts';
import { toAppError } from './problem.ts';

interface KeyedRequest {
  readonly operation: Operation;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly key: string;
}

/** Answers a request with an Idempotency-Key: runs it and stores the answer, or repeats the stored answer. */
export async function answerOnce(
  { operation, request, reply, key }: KeyedRequest,
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): Promise<FastifyReply> {
  const { idempotency } = request.server;
  const repeatable = { caller: callerOf(request), key, operationId: operation.id, content: contentOf(request) };
  const known = await idempotency?.begin(repeatable);
  if (known !== undefined) return send(reply.header('idempotency-replayed', 'true'), operation, known);
  const answer = await firstAnswer(repeatable, { operation, request, reply, key }, handle);
  await idempotency?.finish(repeatable, operation.hasOneTimeAnswer === true ? undefined : answer);
  return send(reply, operation, answer);
}

async function firstAnswer(
  repeatable: RepeatableRequest,
  { operation, request, reply }: KeyedRequest,
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): Promise<KeptAnswer> {
  let result: unknown;
  try {
    result = await handle(request, reply);
  } catch (error) {
    if (hasDoneNothing(toAppError(error))) await request.server.idempotency?.forget(repeatable);
    throw error;
  }
  const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  return { body: answerText(operation, result), headers: Object.fromEntries(headers) };
}

function send(reply: FastifyReply, { status }: Operation, { body, headers }: KeptAnswer): FastifyReply {
  return reply.code(status).headers(headers).type('application/json; charset=utf-8').send(body);
}

/** Everything in a request that affects its result, header fields included. */
function contentOf({ params, query, body, headers }: FastifyRequest): string {
  const { prefer, 'if-match': ifMatch } = headers;
  return JSON.stringify([params, query, body, prefer, ifMatch]);
}
