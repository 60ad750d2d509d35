import type { Operation } from '@gatehouse/contract/operation';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../app-error.ts';
import type { Caller, Client } from '../caller.ts';

/** Finds out whose token it is; throws `unauthenticated` for one that is unknown, expired or revoked. */
export type Authenticate = (token: string, client: Client) => Promise<Caller>;

/** Called when an API key is refused for want of a scope, before the refusal is answered. */
export type RefuseScope = (caller: Caller, operation: Operation) => Promise<void>;

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

/** RFC 6750 section 2.1. */
const bearer = /^Bearer ([\w.~+/-]{1,512}=*)$/i;

const callers = new WeakMap<FastifyRequest, Caller>();

/** The caller of an authenticated request. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('the route was not authenticated');
  return caller;
}

export function clientOf(request: FastifyRequest): Client {
  return {
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
    requestId: request.id,
  };
}

/** Authenticates every route that declares an operation, before its body is read. */
export function addAuthentication(app: FastifyInstance, authenticate: Authenticate, refuseScope: RefuseScope): void {
  app.addHook('onRequest', async (request) => {
    const { operation } = request.routeOptions.config;
    if (operation === undefined || operation.access.kind === 'none') return;
    const caller = await authenticate(bearerToken(request), clientOf(request));
    if (!mayCall(caller, operation)) {
      await refuseScope(caller, operation);
      throw new AppError('insufficient_scope', missingScope(operation));
    }
    callers.set(request, caller);
  });
}

function bearerToken(request: FastifyRequest): string {
  const header = request.headers.authorization;
  if (header === undefined)
    throw new AppError(
      'malformed_authorization',
      'The Authorization header is missing: send "Authorization: Bearer TOKEN".',
    );
  const token = bearer.exec(header)?.[1];
  if (token === undefined)
    throw new AppError('malformed_authorization', 'The Authorization header must read "Bearer TOKEN".');
  return token;
}

function mayCall(caller: Caller, operation: Operation): boolean {
  if (caller.scopes === 'all') return true;
  return operation.access.kind === 'bearer' && caller.scopes.includes(operation.access.scope);
}

function missingScope(operation: Operation): string {
  return operation.access.kind === 'bearer'
    ? `This API key lacks the scope ${operation.access.scope}.`
    : 'An API key cannot do that; sign in instead.';
}
