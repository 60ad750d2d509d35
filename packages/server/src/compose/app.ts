import { actorOf, anonymousActor } from '../audit/actor.ts';
import { refusalRecord } from '../audit/refusal.ts';
import type { Change } from '../change/change.ts';
import { createIdempotency } from '../features/idempotency/service.ts';
import { listenOnMetricsSocket } from '../features/site/metrics-socket.ts';
import { addPages } from '../features/site/pages.ts';
import { addWebApp } from '../features/site/web.ts';
import type { RecordRefusal } from '../kernel/http/authenticate.ts';
import { descriptorLimit, fitToDescriptors } from '../kernel/http/descriptors.ts';
import { addProxyHint } from '../kernel/http/proxy-hint.ts';
import { createHttpServer } from '../kernel/http/server.ts';
import type { Foundation } from './foundation.ts';
import { createServices, jobsOf } from './services.ts';
import { addRoutes } from './routes.ts';

/** Creates the services and the HTTP server with all routes; starts the jobs. `opening` closes them again. */
export async function createApp(foundation: Foundation, opening: AsyncDisposableStack) {
  const { config, change, logger } = foundation;
  const services = await createServices(foundation, opening);
  const recordRefusal = createRefusalRecorder(change);
  const connectionLimits = limitConnections(foundation, opening);
  const idempotency = createIdempotency(foundation);
  const app = await createHttpServer({
    logger,
    trustProxy: config.trustProxy,
    recordRefusal,
    idempotency,
    connectionLimits,
  });
  opening.defer(() => app.close());
  addProxyHint(app, { logger, trustProxy: config.trustProxy });
  const metrics = addRoutes(app, foundation, services);
  if (config.metricsSocket !== undefined) opening.use(await listenOnMetricsSocket(config.metricsSocket, metrics));
  addPages(app, { hasWebApp: await addWebApp(app, foundation.webAppDirectory) });
  // Before the HTTP server, because sessions close their sockets: the server then waits only for plain requests.
  opening.use(services.sessions);
  opening.use(services.stateSockets);
  // Jobs end first, so that none uses what is already closed.
  opening.use(foundation.jobs).start([...jobsOf(foundation, services), ...idempotency.jobs]);
  if (config.admin !== undefined) await services.accounts.registration.ensureAdmin(config.admin);
  const token = await services.accounts.registration.openSetup();
  return { app, setup: { open: token !== undefined, token } };
}

/** The configured limits, lowered to the file descriptors that the process may have, with a warning. */
function limitConnections({ settings, logger }: Foundation, opening: AsyncDisposableStack) {
  const descriptors = descriptorLimit();
  const fitted = () =>
    fitToDescriptors(
      { max: settings.get('MAX_CONNECTIONS'), reserved: settings.get('RESERVED_CONNECTIONS') },
      descriptors,
    );
  const warn = () => {
    const { limits, missing } = fitted();
    if (missing === undefined) return;
    logger.warn(
      `MAX_CONNECTIONS needs ${missing.needed} file descriptors, but this process may open ${missing.descriptors}. It accepts ${limits.max} connections. Raise the limit (ulimit -n; LimitNOFILE= of systemd) or lower MAX_CONNECTIONS.`,
    );
  };
  warn();
  opening.defer(settings.subscribe(warn));
  return () => fitted().limits;
}

function createRefusalRecorder(change: Change): RecordRefusal {
  return async (caller, client, refusal) => {
    const actor = caller === undefined ? anonymousActor(client, '') : actorOf(caller);
    await change.by(actor, ({ record }) => record(refusalRecord(refusal)));
  };
}
