import type { FastifyInstance } from 'fastify';

/** How long a check may take before it counts as failed. */
const checkTimeoutMs = 3_000;

/** The readiness checks, by name; a check rejects if its part does not work. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void> | void>>;

/** `/healthz`: the process answers. `/readyz`: it is ready; names the parts that are not. Both for monitoring, without authentication. */
export function addHealthRoutes(app: FastifyInstance, checks: ReadinessChecks): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/readyz', async (request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await outcome(check, request.log)] as const),
    );
    const ready = results.every(([, result]) => result === 'ok');
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(results) });
  });
}

async function outcome(
  check: () => Promise<void> | void,
  log: { warn: (facts: object, text: string) => void },
): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('took too long'));
    }, checkTimeoutMs);
  });
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch (error) {
    log.warn({ err: error }, 'a readiness check failed');
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
