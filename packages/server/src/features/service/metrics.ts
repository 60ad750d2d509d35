import { timingSafeEqual, createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError, notFound } from '../../kernel/app-error.ts';
import type { Secret } from '../../vault/secret.ts';

const durationBucketsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

interface MetricsOptions {
  /** Opens the metrics to others than loopback. */
  readonly token: Secret | undefined;
  readonly liveSessions: () => number;
}

/** `/metrics` in the Prometheus text format: for loopback, or whoever holds the token. Counts by operation, never by path or person. */
export function addMetrics(app: FastifyInstance, { token, liveSessions }: MetricsOptions): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'gatehouse_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['operation', 'status'],
    buckets: durationBucketsS,
    registers: [registry],
  });
  new Gauge({
    name: 'gatehouse_live_sessions',
    help: 'Terminals and commands that run now',
    registers: [registry],
    collect() {
      this.set(liveSessions());
    },
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { operation } = request.routeOptions.config;
    if (operation !== undefined)
      durations.observe({ operation: operation.id, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', async (request, reply) => {
    requireReader(request, token);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function requireReader(request: FastifyRequest, token: Secret | undefined): void {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip'].some((name) => name in request.headers);
  const { remoteAddress } = request.socket;
  if (!forwarded && (remoteAddress === '127.0.0.1' || remoteAddress === '::1' || remoteAddress === '::ffff:127.0.0.1'))
    return;
  if (token === undefined) throw notFound();
  const given = digest(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (!timingSafeEqual(given, token.expose(digest)))
    throw new AppError('unauthenticated', 'The metrics need METRICS_TOKEN as bearer token.');
}

function digest(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
