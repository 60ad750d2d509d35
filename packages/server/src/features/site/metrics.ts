import { timingSafeEqual, createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest, onResponseHookHandler } from 'fastify';
import type { Gauge as GaugeClass, Registry } from 'prom-client';
import { refuse } from '../../kernel/app-error.ts';
import type { LoopDelay } from '../../kernel/event-loop.ts';
import type { Jobs } from '../../kernel/jobs/jobs.ts';
import type { Secret } from '../../vault/secret.ts';
import { createRequestDurations } from './request-durations.ts';

interface MetricsOptions {
  /** The bearer token for the metrics; without one they are not served over HTTP. */
  readonly token: Secret | undefined;
  /** Whether the metrics can be read at all. If not, requests are not counted. */
  readonly isRead: boolean;
  readonly liveSessions: () => number;
  /** The delays of the event loop since the last call. */
  readonly loopDelay: () => LoopDelay;
  /** Signs of password spraying. */
  readonly failures: { accounts(): number; sprayingAlarms(): number };
  readonly jobRuns: Jobs['runs'];
}

/** The metrics in the Prometheus text format. */
export interface Metrics {
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/**
 * `/metrics` in the Prometheus text format, for the holder of the token. The remote address is not enough: a proxy on this machine connects from
 * loopback, too. Counts answers by operation, never by path or person, of routes that are added after it.
 */
export function addMetrics(app: FastifyInstance, { token, isRead, ...figures }: MetricsOptions): Metrics {
  const durations = createRequestDurations();
  app.addHook('onRoute', (route) => {
    if (!isRead) return;
    const operation = route.config?.operation;
    if (operation === undefined) return;
    const count = durations.counter(operation.id);
    const onResponse: onResponseHookHandler = (_request, reply, done) => {
      count(reply.statusCode, reply.elapsedTime / 1000);
      done();
    };
    route.onResponse = [onResponse, ...[route.onResponse ?? []].flat()];
  });
  let opened: Promise<Registry> | undefined;
  const metrics: Metrics = {
    async read() {
      opened ??= openRegistry(figures);
      const registry = await opened;
      return { contentType: registry.contentType, text: (await registry.metrics()) + durations.text() };
    },
  };
  if (token !== undefined)
    app.get('/metrics', async (request, reply) => {
      requireReader(request, token);
      const { contentType, text } = await metrics.read();
      return reply.type(contentType).send(text);
    });
  return metrics;
}

/** The metrics of the process, collected only if they can be read. */
async function openRegistry({
  liveSessions,
  loopDelay,
  failures,
  jobRuns,
}: Omit<MetricsOptions, 'token' | 'isRead'>): Promise<Registry> {
  const { collectDefaultMetrics, Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'gatehouse_live_sessions',
    help: 'Terminals and commands that run now',
    registers: [registry],
    collect() {
      this.set(liveSessions());
    },
  });
  new Gauge({
    name: 'gatehouse_event_loop_delay_seconds',
    help: 'How long the event loop let requests and sessions wait, since the metrics were last read',
    labelNames: ['statistic'],
    registers: [registry],
    collect() {
      const { meanMs, p99Ms, maxMs } = loopDelay();
      for (const [statistic, ms] of Object.entries({ mean: meanMs, p99: p99Ms, max: maxMs }))
        this.set({ statistic }, ms / 1000);
    },
  });
  new Gauge({
    name: 'gatehouse_login_failing_accounts',
    help: 'Accounts with wrong passwords from unknown devices in the last 15 minutes',
    registers: [registry],
    collect() {
      this.set(failures.accounts());
    },
  });
  new Gauge({
    name: 'gatehouse_login_spraying_alarms',
    help: 'How often so many accounts had wrong passwords that one password may have been tried on all of them, since the start',
    registers: [registry],
    collect() {
      this.set(failures.sprayingAlarms());
    },
  });
  addJobRuns(Gauge, registry, jobRuns);
  return registry;
}

function addJobRuns(Gauge: typeof GaugeClass, registry: Registry, runs: Jobs['runs']): void {
  new Gauge({
    name: 'gatehouse_job_runs',
    help: 'Runs of each periodic job in this process since the start, by how they ended',
    labelNames: ['job', 'outcome'],
    registers: [registry],
    collect() {
      for (const [job, outcomes] of runs())
        for (const outcome of ['done', 'failed'] as const) this.set({ job, outcome }, outcomes[outcome]);
    },
  });
}

function requireReader(request: FastifyRequest, token: Secret): void {
  const given = digest(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (!timingSafeEqual(given, token.expose(digest))) throw refuse('metrics_token_required');
}

function digest(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
