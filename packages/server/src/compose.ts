import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { createAccess } from './access/authorize-use.ts';
import { actorOf, anonymousActor } from './audit/actor.ts';
import { createCheckpoints, type Checkpoints } from './audit/checkpoints.ts';
import { refusalRecord } from './audit/refusal.ts';
import { createChange, type Change } from './change/change.ts';
import type { Config } from './config.ts';
import { createEgress, type Egress } from './egress.ts';
import { addAccountRoutes, addServiceRoutes, addUserRoutes } from './features/accounts/routes.ts';
import { createAccounts, type Accounts } from './features/accounts/service.ts';
import { addAuditRoutes } from './features/audit-log/routes.ts';
import { createAuditLog, type AuditLog } from './features/audit-log/service.ts';
import { addAuthRoutes } from './features/auth/routes.ts';
import { createAuth, type Auth } from './features/auth/service.ts';
import { addEntryRoutes } from './features/inventory/entries/routes.ts';
import { addFolderRoutes } from './features/inventory/folders/routes.ts';
import { createInventory, type Entries, type Folders, type Inventory } from './features/inventory/service.ts';
import { createIdempotency } from './features/idempotency/service.ts';
import { addIdentityRoutes } from './features/identities/routes.ts';
import { parts } from './features/identities/parts/parts.ts';
import { createIdentities, type Identities } from './features/identities/service.ts';
import { addStateSocket } from './features/live/gateway.ts';
import { createLive, type Live } from './features/live/service.ts';
import { rightsOf } from './features/organizations/rights-repository.ts';
import { addOrganizationRoutes } from './features/organizations/routes.ts';
import { createOrganizations, type Organizations } from './features/organizations/service.ts';
import { addDocumentation } from './features/site/documentation.ts';
import { addHealthRoutes } from './features/site/health.ts';
import { addMetrics, type Metrics } from './features/site/metrics.ts';
import { listenOnMetricsSocket } from './features/site/metrics-socket.ts';
import { addPages } from './features/site/pages.ts';
import { addRecoveryKit } from './features/site/recovery-kit.ts';
import { addVerification } from './features/site/verify.ts';
import { addWebApp } from './features/site/web.ts';
import { addSessionSocket } from './features/sessions/transports/websocket/gateway.ts';
import { addSessionRoutes } from './features/sessions/routes.ts';
import { createSessions, type Sessions } from './features/sessions/service.ts';
import { addSettingRoutes } from './features/settings/routes.ts';
import { createSettingsAdministration, type SettingsAdministration } from './features/settings/service.ts';
import type { Database } from './kernel/db/database.ts';
import { createOwnedQuotas, type OwnedQuotas } from './kernel/db/quotas.ts';
import { createLeases } from './kernel/db/job-leases.ts';
import { ping } from './kernel/db/ping.ts';
import { openSqlite } from './kernel/db/sqlite.ts';
import { joinNodes, soleNode, type Node, type NodeTimes } from './kernel/db/nodes.ts';
import { watchEventLoop, type LoopWatch } from './kernel/event-loop.ts';
import { createEvents, type NodeEvents } from './kernel/events.ts';
import { addAuthentication, type RecordRefusal } from './kernel/http/authenticate.ts';
import { descriptorLimit, fitToDescriptors } from './kernel/http/descriptors.ts';
import { addProxyHint } from './kernel/http/proxy-hint.ts';
import { createHttpServer } from './kernel/http/server.ts';
import { createSessionCookie } from './kernel/http/session-cookie.ts';
import type { Job } from './kernel/jobs/job.ts';
import { createJobs, type Jobs, type JobTimes } from './kernel/jobs/jobs.ts';
import type { Logger } from './kernel/logger.ts';
import { createSettings, type AdjustableSettings } from './kernel/settings/settings.ts';
import { logIn } from './protocols/ssh/login.ts';
import { scanHostKeys } from './protocols/ssh/scan.ts';
import { checkLogins, MAX_STEP_MS } from './protocols/ssh/self-check.ts';
import { allSealedRows } from './sealed-rows.ts';
import { checkpointFile, openVault, type StartChecks } from './start-check.ts';
import { generatePrivateKey } from './vault/keys/generate.ts';
import { inspectPrivateKey } from './vault/keys/inspect.ts';
import { openSigningKey } from './vault/keys/open.ts';
import { createPasswordHasher, type PasswordHasher } from './vault/passwords/hasher.ts';
import type { Vault } from './vault/vault.ts';
import { version } from './version.ts';

const builtWebApp = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** A server that answers. */
export interface Gatehouse {
  /** Where it listens: `http://127.0.0.1:6989`. */
  readonly url: string;
  readonly setup: { readonly open: boolean; readonly token: string | undefined };
  readonly checks: StartChecks;
  /** Ends what is under way and closes everything. */
  close(): Promise<void>;
}

/** What a test replaces: nothing of ours, only the outside. */
export interface Surroundings {
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Cheaper hashes of account passwords, where their strength is not the matter. */
  readonly hasher?: PasswordHasher;
  /** Where the built web app lies. */
  readonly webAppDirectory?: string;
  /** How soon nodes take each other for gone. */
  readonly nodeTimes?: NodeTimes;
  readonly jobTimes?: Partial<JobTimes>;
}

/** Everything that the features stand on. */
interface Foundation extends Required<Omit<Surroundings, 'nodeTimes' | 'jobTimes'>> {
  readonly config: Config;
  readonly database: Database;
  readonly vault: Vault;
  readonly checks: StartChecks;
  readonly events: NodeEvents;
  readonly change: Change;
  readonly node: Node;
  readonly jobs: Jobs;
  readonly loop: LoopWatch;
  readonly settings: AdjustableSettings;
  readonly quotas: OwnedQuotas;
  readonly egress: Egress;
}

/** Opens the database and the vault, and listens. Throws before it listens, and before it writes, where the keys do not fit the data. */
export async function startGatehouse(config: Config, surroundings: Surroundings): Promise<Gatehouse> {
  await using opening = new AsyncDisposableStack();
  const foundation = await lay(config, surroundings, opening);
  const { app, setup } = await furnish(foundation, opening);
  await app.listen({ host: config.host, port: config.port });
  foundation.egress.listensOn(portOf(app));
  const open = opening.move();
  return { url: urlOf(app, config.host), setup, checks: foundation.checks, close: () => open.disposeAsync() };
}

async function lay(config: Config, surroundings: Surroundings, opening: AsyncDisposableStack): Promise<Foundation> {
  const { logger, now = () => new Date(), hasher = createPasswordHasher() } = surroundings;
  const { webAppDirectory = builtWebApp } = surroundings;
  const loop = opening.use(watchEventLoop());
  warnOfSlowLogins(logger);
  const database = opening.use(await openDatabase(config, logger));
  const { vault, checks } = await openVault({ config, database, logger, now });
  const { node, events } = await meetOthers({ config, database, logger, times: surroundings.nodeTimes }, opening);
  const leases = createLeases({ database, nodeId: node.id });
  const jobs = createJobs({ leases, logger, times: surroundings.jobTimes });
  const settings = createSettings(config.given);
  const quotas = createOwnedQuotas(database, settings);
  const egress = createEgress(config, settings);
  const change = createChange({ database, events, rightsOf, now, logger });
  const parts = { vault, checks, node, jobs, loop, events, change, settings, quotas, egress };
  return { config, database, ...parts, logger, now, hasher, webAppDirectory };
}

/** Nothing that a login does may hold the event loop, in which everybody waits. */
function warnOfSlowLogins(logger: Logger): void {
  const stepMs = checkLogins();
  if (stepMs > MAX_STEP_MS)
    logger.warn(
      { stepMs, maxStepMs: MAX_STEP_MS },
      'this processor is slow: key exchanges with servers hold up others',
    );
}

interface Meeting {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly times: NodeTimes | undefined;
}

/** One of the nodes of a PostgreSQL database, or the only one. */
async function meetOthers({ config, database, logger, times }: Meeting, opening: AsyncDisposableStack) {
  if (config.databaseUrl === undefined) return { node: soleNode(), events: createEvents() };
  const node = opening.use(await joinNodes(database, times));
  const { shareEvents } = await import('./kernel/node-events.ts');
  const url = config.databaseUrl.expose((bytes) => bytes.toString('utf8'));
  return { node, events: opening.use(await shareEvents({ url, nodeId: node.id, logger })) };
}

async function openDatabase({ databaseUrl, dataDir }: Config, logger: Logger): Promise<Database> {
  if (databaseUrl === undefined) return openSqlite(dataDir);
  // The driver takes memory and a part of the start, which SQLite does without.
  const { openPostgres } = await import('./kernel/db/postgres.ts');
  const url = databaseUrl.expose((bytes) => bytes.toString('utf8'));
  return openPostgres(url, (error) => {
    logger.warn({ err: error }, 'an idle connection to PostgreSQL broke');
  });
}

function openCheckpoints({ config, database, vault, logger }: Foundation): Checkpoints {
  return createCheckpoints({
    db: database,
    vault,
    file: checkpointFile(config.dataDir),
    onError: (error) => {
      logger.error({ err: error }, 'the last checkpoint of the audit log could not be kept');
    },
  });
}

interface Rooms {
  readonly auth: Auth;
  readonly accounts: Accounts;
  readonly checkpoints: Checkpoints;
  readonly auditLog: AuditLog;
  readonly organizations: Organizations;
  readonly identities: Identities;
  readonly entries: Entries;
  readonly folders: Folders;
  readonly sessions: Sessions;
  readonly live: Live;
  readonly settingsAdministration: SettingsAdministration;
}

async function furnish(foundation: Foundation, opening: AsyncDisposableStack) {
  const { config, change, logger } = foundation;
  const rooms = await createRooms(foundation, opening);
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
  const metrics = addRoutes(app, foundation, rooms);
  if (config.metricsSocket !== undefined) opening.use(await listenOnMetricsSocket(config.metricsSocket, metrics));
  addPages(app, { hasWebApp: await addWebApp(app, foundation.webAppDirectory) });
  // Sockets close with their sessions, so these end first; the server then only waits for plain requests.
  opening.use(rooms.sessions);
  opening.use(rooms.live);
  // Ends first: no job works on what is being closed.
  opening.use(foundation.jobs).start([...jobsOf(foundation, rooms), ...idempotency.jobs]);
  if (config.admin !== undefined) await rooms.accounts.registration.ensureAdmin(config.admin);
  const token = await rooms.accounts.registration.openSetup();
  return { app, setup: { open: token !== undefined, token } };
}

/** The limits that are set, as far as the process has descriptors for them; a warning where that lowers them. */
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

async function createRooms(foundation: Foundation, opening: AsyncDisposableStack): Promise<Rooms> {
  const { config, database, change, vault } = foundation;
  // Before everything that reads settings.
  const settingsAdministration = opening.use(
    await createSettingsAdministration({ ...foundation, given: config.given }),
  );
  const auth = opening.use(createAuth(foundation));
  const accounts = createAccounts({ ...foundation, auth, setupTokenFile: join(config.dataDir, 'setup-token') });
  const checkpoints = opening.use(openCheckpoints(foundation));
  const auditLog = createAuditLog({ database, change, rightsOf, checkpoints });
  const shredOwner = vault.shredOwner.bind(vault);
  const organizations = createOrganizations({ ...foundation, shredOwner });
  const keys = { inspect: inspectPrivateKey, open: openSigningKey, generate: generatePrivateKey };
  // Logins need identities and entries, and these offer tests and scans, which log in: tied together last.
  const identities: Identities = createIdentities({
    ...foundation,
    keys,
    parts,
    rightsOf,
    testLogin: (caller, login) => sessions.test(caller, login),
  });
  const { entries, folders }: Inventory = createInventory({
    ...foundation,
    rightsOf,
    scanHostKeys: (caller, entryId) => sessions.scan(caller, entryId),
  });
  const isSignedIn = auth.isSignedIn.bind(auth);
  const sessions: Sessions = createSessions({
    ...foundation,
    entries,
    identities,
    access: createAccess({ database, isSignedIn, entries, identities }),
    egress: foundation.egress.policy,
    logIn,
    scanHostKeys,
    isSignedIn,
    nodeId: foundation.node.id,
  });
  await sessions.recover();
  const live = createLive({ ...foundation, auth, rightsOf });
  return {
    auth,
    accounts,
    checkpoints,
    auditLog,
    organizations,
    identities,
    entries,
    folders,
    sessions,
    live,
    settingsAdministration,
  };
}

function jobsOf({ node, events }: Foundation, { sessions, ...others }: Rooms): readonly Job[] {
  const { auth, checkpoints, identities, live } = others;
  const ofNode = node.jobs({
    async onGone() {
      await sessions.recover();
      // What it did last, it may not have told.
      events.emit({ type: 'missed' });
    },
    onForgotten() {
      sessions.abandon();
      events.deliver({ type: 'missed' });
    },
  });
  return [ofNode, sessions.jobs, auth.jobs, checkpoints.jobs, identities.jobs, live.jobs].flat();
}

function addRoutes(app: FastifyInstance, foundation: Foundation, rooms: Rooms): Metrics {
  const { config, database, change, vault, settings } = foundation;
  const { publicUrl } = config;
  const absoluteMs = () => settings.get('SESSION_ABSOLUTE_HOURS') * 3_600_000;
  const cookie = createSessionCookie({ publicUrl, absoluteMs });
  const credentials = { authenticate: rooms.auth.authenticate, cookie, publicUrl };
  addAuthentication(app, credentials);
  const metrics = addMetrics(app, {
    token: config.metricsToken,
    isRead: config.metricsToken !== undefined || config.metricsSocket !== undefined,
    liveSessions: () => rooms.sessions.count(),
    loopDelay: foundation.loop.take,
    failures: rooms.auth.failures,
    jobRuns: foundation.jobs.runs,
  });
  addServiceRoutes(app, rooms.accounts, version);
  addRecoveryKit(app, { ...foundation, version });
  addVerification(app, {
    database,
    change,
    vault,
    sealedRows: allSealedRows,
    notes: () => rooms.checkpoints.collected(),
  });
  addAuthRoutes(app, rooms.auth, credentials);
  addAccountRoutes(app, rooms.accounts);
  addUserRoutes(app, rooms.accounts);
  addAuditRoutes(app, rooms.auditLog);
  addSettingRoutes(app, rooms.settingsAdministration);
  addOrganizationRoutes(app, rooms.organizations);
  addIdentityRoutes(app, rooms.identities);
  addFolderRoutes(app, rooms.folders);
  addEntryRoutes(app, rooms.entries);
  addSessionRoutes(app, rooms.sessions);
  addSessionSocket(app, rooms.sessions, publicUrl);
  addStateSocket(app, rooms.live, credentials);
  addDocumentation(app, version);
  addHealthRoutes(app, {
    database: () => ping(database.read),
    vault: () => vault.health(),
    eventLoop: foundation.loop.check,
  });
  return metrics;
}

function createRefusalRecorder(change: Change): RecordRefusal {
  return async (caller, client, refusal) => {
    const actor = caller === undefined ? anonymousActor(client, '') : actorOf(caller);
    await change.by(actor, ({ record }) => record(refusalRecord(refusal)));
  };
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

function urlOf(app: FastifyInstance, host: string): string {
  const port = portOf(app);
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
