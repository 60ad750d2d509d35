import type { FastifyInstance } from 'fastify';
import { addAccountRoutes, addInstallationRoutes, addUserRoutes } from '../features/accounts/routes.ts';
import { addAuditRoutes } from '../features/audit-log/routes.ts';
import { addAuthRoutes } from '../features/auth/routes.ts';
import { addEntryRoutes } from '../features/inventory/entries/routes.ts';
import { addFolderRoutes } from '../features/inventory/folders/routes.ts';
import { addIdentityRoutes } from '../features/identities/routes.ts';
import { addStateSocket } from '../features/state-socket/gateway.ts';
import { addOrganizationRoutes } from '../features/organizations/routes.ts';
import { addDocumentation } from '../features/site/documentation.ts';
import { addHealthRoutes } from '../features/site/health.ts';
import { addMetrics, type Metrics } from '../features/site/metrics.ts';
import { addRecoveryKit } from '../features/site/recovery-kit.ts';
import { addVerification } from '../features/site/verify.ts';
import { addSessionSocket } from '../features/sessions/transports/websocket/gateway.ts';
import { addSessionRoutes } from '../features/sessions/routes.ts';
import { addSettingRoutes } from '../features/settings/routes.ts';
import { ping } from '../kernel/db/ping.ts';
import { addAuthentication } from '../kernel/http/authenticate.ts';
import { createSessionCookie } from '../kernel/http/session-cookie.ts';
import { allSealedRows } from '../sealed-rows.ts';
import { version } from '../version.ts';
import type { Foundation } from './foundation.ts';
import type { Services } from './services.ts';

/** Adds every route; those added after the metrics are counted by them. */
export function addRoutes(app: FastifyInstance, foundation: Foundation, services: Services): Metrics {
  const { config, database, change, vault, settings } = foundation;
  const { publicUrl } = config;
  const absoluteMs = () => settings.get('SESSION_ABSOLUTE_HOURS') * 3_600_000;
  const cookie = createSessionCookie({ publicUrl, absoluteMs });
  const credentials = { authenticate: services.auth.authenticate, cookie, publicUrl };
  addAuthentication(app, credentials);
  const metrics = addMetrics(app, {
    token: config.metricsToken,
    isRead: config.metricsToken !== undefined || config.metricsSocket !== undefined,
    liveSessions: () => services.sessions.count(),
    loopDelay: foundation.loop.take,
    failures: services.auth.failures,
    jobRuns: foundation.jobs.runs,
  });
  addInstallationRoutes(app, services.accounts, version);
  addRecoveryKit(app, { ...foundation, version });
  addVerification(app, {
    database,
    change,
    vault,
    sealedRows: allSealedRows,
    notes: () => services.checkpoints.collected(),
  });
  addAuthRoutes(app, services.auth, credentials);
  addAccountRoutes(app, services.accounts);
  addUserRoutes(app, services.accounts);
  addAuditRoutes(app, services.auditLog);
  addSettingRoutes(app, services.settingsAdministration);
  addOrganizationRoutes(app, services.organizations);
  addIdentityRoutes(app, services.identities);
  addFolderRoutes(app, services.folders);
  addEntryRoutes(app, services.entries);
  addSessionRoutes(app, services.sessions);
  addSessionSocket(app, services.sessions, publicUrl);
  addStateSocket(app, services.stateSockets, credentials);
  addDocumentation(app, { version, publicUrl });
  addHealthRoutes(app, {
    database: () => ping(database.read),
    vault: () => vault.health(),
    eventLoop: foundation.loop.check,
    events: foundation.requireEvents,
  });
  return metrics;
}
