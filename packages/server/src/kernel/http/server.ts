import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import { maxOpenBodyBytes } from '@gatehouse/contract/operation';
import { problemStatus } from '@gatehouse/contract/problem-status';
import { socketPaths } from '@gatehouse/contract/sockets';
import { subprotocol } from '@gatehouse/contract/subprotocol';
import websocket from '@fastify/websocket';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { compressLists } from './content-coding.ts';
import { addForwardedAddresses } from './forwarded-address.ts';
import { notFound, refuse, type RateLimit, type AppError } from '../app-error.ts';
import type { Logger } from '../logger.ts';
import { canonicalUrl } from './aliases.ts';
import { noteMethods } from './allowed-methods.ts';
import { clientOf, holderOf, type RecordRefusal } from './authenticate.ts';
import { createConnectionLimit, type ConnectionLimits } from './connections.ts';
import type { Idempotency } from './idempotency.ts';
import { addJsonParser } from './json-body.ts';
import { createPipelines } from './pipeline.ts';
import { problemBody, toAppError } from './problem.ts';
import { serializerCompiler, validatorCompiler } from './schemas.ts';
import { securityHeaders } from './security-headers.ts';
import { createUnsentAnswers, type UnsentAnswers } from './unsent-answers.ts';

/** The largest frame from a client: a paste or an answer. Output is not limited by it. */
const maxFrameBytes = 1024 * 1024;
/**
 * The most fragments of one such frame (RFC 6455 section 5.4): they are processed in one turn of the event loop, and browsers create a few dozen for
 * a large paste.
 */
const maxFragments = 1024;
/** How long the remote end of a WebSocket may take to answer a close; then the connection is cut. */
const closeTimeoutMs = 2_000;
const headersTimeoutMs = 15_000;
const requestTimeoutMs = 30_000;
/** As long as a request line may be, so that a long id is validated like any other. */
const maxParameterLength = 16 * 1024;
const keepAliveTimeoutMs = 72_000;

interface HttpServerOptions {
  readonly logger: Logger;
  /** Addresses or networks whose X-Forwarded-* headers are trusted; empty: none. */
  readonly trustProxy: readonly string[];
  readonly recordRefusal: RecordRefusal;
  /** Undefined: the header Idempotency-Key is ignored. */
  readonly idempotency?: Idempotency;
  /** Undefined: unlimited. */
  readonly connectionLimits?: () => ConnectionLimits;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly unsentAnswers: UnsentAnswers;
    readonly idempotency: Idempotency | undefined;
  }
}

/** A server that answers every failure with a problem, and has no routes yet. */
export async function createHttpServer({
  logger,
  trustProxy,
  recordRefusal,
  idempotency,
  connectionLimits,
}: HttpServerOptions): Promise<FastifyInstance> {
  // The plain logger type keeps every route's types independent of pino.
  const loggerInstance: FastifyBaseLogger = logger.child({}, { level: quiet(logger.level) });
  // Fastify creates a child logger for each request, which would cost more than the request; log lines of a request contain its id.
  loggerInstance.child = () => loggerInstance;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // The limit for unknown paths; each operation has its own.
    bodyLimit: maxOpenBodyBytes,
    serverFactory: createServerFactory(connectionLimits),
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    genReqId: () => randomUUID(),
    rewriteUrl: ({ url }) => canonicalUrl(url ?? '/'),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: maxParameterLength },
    frameworkErrors: (error, request, reply) => {
      addHeaders(request, reply);
      void sendProblem(toAppError(error), request, reply);
    },
    schemaController: { compilersFactory: { buildValidator: noOtherCompiler, buildSerializer: noOtherCompiler } },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    clientErrorHandler: answerUnreadable,
  });
  app.decorate('idempotency', idempotency);
  app.decorate('unsentAnswers', createUnsentAnswers());
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  if (trustProxy.length > 0) addForwardedAddresses(app);
  ignoreExpectations(app);
  addJsonParser(app);
  refuseUndeclaredRoutes(app);
  compressLists(app);
  answerProblems(app, recordRefusal);
  if (logger.isLevelEnabled('debug')) logRequests(app);
  await app.register(websocket, {
    options: {
      maxPayload: maxFrameBytes,
      maxFragments,
      // Spread, because the types of ws lack it.
      ...{ closeTimeout: closeTimeoutMs },
      // Otherwise a client that sends pings and does not read the answers would fill the memory.
      autoPong: false,
      // One frame per turn of the event loop: a client that sends many small ones does not delay others.
      allowSynchronousEvents: false,
      perMessageDeflate: false,
      // Never the ticket, which a client offers beside it.
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    },
  });
  app.websocketServer.on('wsClientError', answerUnreadable);
  return app;
}

/** Creates a server for each address of a host name; they share the limits. */
function createServerFactory(limits: HttpServerOptions['connectionLimits']) {
  const { inTurn, isAnswering } = createPipelines();
  const limit = limits === undefined ? undefined : createConnectionLimit({ limits, isAnswering });
  return (handle: RequestListener) => {
    const options = {
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 5_000,
      shouldUpgradeCallback: isForWebSocket,
    };
    const server = createServer(options, inTurn(handle));
    limit?.(server);
    return server;
  };
}

/** Other requests to change the protocol are ignored (RFC 9110 section 7.8): some clients send one for HTTP/2 with each first request. */
function isForWebSocket({ url = '', headers }: IncomingMessage): boolean {
  return url.startsWith('/api/ws/') && headers.upgrade?.toLowerCase() === 'websocket';
}

/** Replaces Fastify's own schema compilers, which would be loaded without being used: a sixth of a start. */
function noOtherCompiler(): never {
  throw new Error('a schema that is none of zod');
}

/** Fastify logs its address at level info; the console says it better. */
function quiet(level: string): string {
  return level === 'info' ? 'warn' : level;
}

/** Node.js would answer an unknown expectation with an empty 417; RFC 9110 section 10.1.1 allows a server to ignore it. */
function ignoreExpectations(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response);
  });
}

/** If the API has a route that the contract does not declare, the server does not start. */
function refuseUndeclaredRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', ({ url, config, schema, wsHandler }) => {
    if (!url.startsWith('/api/')) return;
    if (wsHandler !== undefined) {
      if (!socketPaths.some((path) => path === url)) throw new Error(`${url} is no WebSocket of the contract`);
      return;
    }
    if (config?.operation === undefined) throw new Error(`${url} is served without an operation of the contract`);
    const statuses = Object.keys(schema?.response ?? {});
    for (const status of [String(config.operation.status), '4xx', '5xx'])
      if (!statuses.includes(status)) throw new Error(`${url} has no schema for ${status}`);
  });
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { id, method, routeOptions } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    request.log.debug({ requestId: id, method, route: routeOptions.url, status, ms }, 'request');
    done();
  });
}

function answerProblems(app: FastifyInstance, recordRefusal: RecordRefusal): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    addHeaders(request, reply);
    if (typeof payload === 'string' || Buffer.isBuffer(payload))
      app.unsentAnswers.add(reply.raw, payload.length, () => holderOf(request));
    done();
  });
  const allowedMethods = noteMethods(app);
  const sendMissing = (request: FastifyRequest, reply: FastifyReply) => {
    const allowed = allowedMethods(request.url);
    if (allowed.length === 0) return sendProblem(notFound(), request, reply);
    const problem = refuse('method_not_allowed', { methods: allowed });
    return sendProblem(problem, request, reply.header('allow', allowed.join(', ')));
  };
  app.setErrorHandler(async (error, request, reply) => {
    const failed = { maxBodyBytes: request.routeOptions.bodyLimit, hasBody: request.body !== undefined };
    const known = await refused(toAppError(error, failed), request, recordRefusal);
    logFault(known, request);
    if (known.retryAfterS !== undefined) reply.header('retry-after', String(Math.ceil(known.retryAfterS)));
    if (known.rateLimit !== undefined) reply.headers(rateLimitHeaders(known.rateLimit));
    // A catch-all route, as of the web app, does not know which addresses belong to the contract.
    if (known.code === 'not_found' && request.routeOptions.config.operation === undefined)
      return sendMissing(request, reply);
    return sendProblem(known, request, reply);
  });
  app.setNotFoundHandler(async (request, reply) => sendMissing(request, reply));
}

/** A fault of this server with its stack; a fault of another machine, such as a server that does not answer, as one line. */
function logFault(error: AppError, { log, id: requestId }: FastifyRequest): void {
  const { code, message, cause } = error;
  if (problemStatus[code] < 500) return;
  if (problemStatus[code] === 500) log.error({ err: cause ?? error, requestId }, message);
  else log.warn({ problem: code, requestId, ...(cause instanceof Error && { cause: cause.message }) }, message);
}

/** The headers of every answer. A page may set its own before. */
function addHeaders(request: FastifyRequest, reply: FastifyReply): void {
  for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value);
  // Answers are private to their caller. An answer that may be cached says so itself.
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  reply.header('x-request-id', request.id);
}

function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(problemStatus[error.code])
    .type('application/json; charset=utf-8')
    .send(problemBody(error, request.id));
}

/** The three fields that current clients read (draft-ietf-httpapi-ratelimit-headers-06; later drafts combine them). */
function rateLimitHeaders({ limit, remaining, resetS }: RateLimit): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(resetS)),
  };
}

/** Records a refusal before it is answered; if that fails, the answer is that failure. */
async function refused(error: AppError, request: FastifyRequest, recordRefusal: RecordRefusal): Promise<AppError> {
  if (error.refusal === undefined) return error;
  try {
    await recordRefusal(request.caller, clientOf(request), error.refusal);
    return error;
  } catch (failure) {
    return toAppError(failure);
  }
}

/** Answers to malformed HTTP, by error code of Node.js. */
const unreadable: Readonly<Record<string, 'headers_too_large' | 'request_too_slow'>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
};

/** Answers malformed HTTP. There is no request object, so the answer is written to the socket. */
function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const problem = refuse(unreadable[error.code ?? ''] ?? 'request_malformed');
  const body = JSON.stringify(problemBody(problem, randomUUID()));
  const fields = {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problemStatus[problem.code]} ${problem.code}\r\n${head.join('')}\r\n${body}`);
}
