import type { Operation } from '@gatehouse/contract/operation';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse, type Refusal, type AppError } from '../app-error.ts';
import type { Caller, Client } from '../caller.ts';
import { keepForCaller } from './connections.ts';
import { requireOwnPage } from './own-origin.ts';
import type { SessionCookie } from './session-cookie.ts';

/** Finds the caller of a token; throws `unauthenticated` for one that is unknown, expired or revoked. */
export type Authenticate = (token: string, client: Client) => Promise<Caller>;

/** Writes a refused attempt to the audit log; `caller` is undefined without a sign-in. */
export type RecordRefusal = (caller: Caller | undefined, client: Client, refusal: Refusal) => Promise<void>;

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation;
  }
  interface FastifyRequest {
    /** Undefined until the request is authenticated. */
    caller: Caller | undefined;
  }
}

/** RFC 6750 section 2.1. */
const bearer = /^Bearer ([\w.~+/-]{1,512}=*)$/i;

/** A cookie carries a sign-in, never an API key. */
const sessionToken = /^[0-9a-f]{96}$/;

/** How requests are authenticated. */
export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  readonly cookie: SessionCookie;
  readonly publicUrl: string | undefined;
}

/** The caller of an authenticated request. */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = request;
  if (caller === undefined) throw new Error('the route was not authenticated');
  return caller;
}

/** Address, user agent (cut at 512 characters) and id of a request, for the audit log. */
export function clientOf(request: FastifyRequest): Client {
  return {
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
    requestId: request.id,
  };
}

/** The client for which memory is counted: an account, or an address. */
export function holderOf({ caller, ip }: FastifyRequest): string {
  return caller === undefined ? ip : `account ${caller.accountId}`;
}

/**
 * Authenticates every route that declares an operation, before its body is read. A hook of each route and not one of the server, because looking up
 * the route of a request costs more than finding its caller.
 */
export function addAuthentication(app: FastifyInstance, credentials: AuthenticationOptions): void {
  app.decorateRequest('caller', undefined);
  app.addHook('onRoute', (route) => {
    const operation = route.config?.operation;
    if (operation === undefined || operation.access.kind === 'none') return;
    const authenticate = async (request: FastifyRequest) => {
      const reads = request.method === 'GET' || request.method === 'HEAD';
      const caller = await identify(request, credentials, { reads });
      if (!mayCall(caller, operation)) throw insufficientScope(operation);
    };
    route.onRequest = [authenticate, ...[route.onRequest ?? []].flat()];
  });
}

/** Finds the caller of a request. `reads`: the request only reads, so a browser need not say which page sent it. */
export async function identify(
  request: FastifyRequest,
  credentials: AuthenticationOptions,
  purpose: { readonly reads: boolean },
): Promise<Caller> {
  const caller = await credentials.authenticate(tokenOf(request, credentials, purpose), clientOf(request));
  request.caller = caller;
  keepForCaller(request.raw.socket);
  return caller;
}

/** The token of a request: from the Authorization header, otherwise from the cookie of a browser on one of our pages. */
function tokenOf(
  request: FastifyRequest,
  { cookie, publicUrl }: AuthenticationOptions,
  { reads }: { readonly reads: boolean },
): string {
  const header = request.headers.authorization;
  if (header !== undefined) return bearerToken(header);
  const [token, ...others] = cookie.values(request);
  if (token === undefined) throw refuse('authorization_missing');
  requireOwnPage(request, publicUrl, { reads });
  // If there are several, at least one is not ours, and they cannot be told apart.
  if (others.length > 0) throw refuse('session_cookies_several');
  if (!sessionToken.test(token)) throw refuse('session_cookie_malformed');
  return token;
}

function bearerToken(header: string): string {
  const token = bearer.exec(header)?.[1];
  if (token === undefined) throw refuse('authorization_malformed');
  return token;
}

function mayCall(caller: Caller, operation: Operation): boolean {
  const { access } = operation;
  if (access.kind !== 'bearer') return caller.via.type === 'session';
  return caller.scopes === 'all' || caller.scopes.includes(access.scope);
}

function insufficientScope({ id, access }: Operation): AppError {
  const refusal: Refusal<'auth.scope'> = {
    action: 'auth.scope',
    resource: 'operation',
    resourceId: null,
    resourceName: id,
    organizationId: null,
  };
  return access.kind === 'bearer'
    ? refuse('scope_missing', { scope: access.scope }, { refusal })
    : refuse('sign_in_required', { refusal });
}
