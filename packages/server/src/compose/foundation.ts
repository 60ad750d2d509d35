import { fileURLToPath } from 'node:url';
import { createChange, type Change } from '../change/change.ts';
import type { Config } from '../config.ts';
import { createEgress, type Egress } from '../egress.ts';
import { rightsOf } from '../features/organizations/rights-repository.ts';
import type { Database } from '../kernel/db/database.ts';
import { createOwnedQuotas, type OwnedQuotas } from '../kernel/db/quotas.ts';
import { createLeases } from '../kernel/db/job-leases.ts';
import { openSqlite } from '../kernel/db/sqlite.ts';
import { joinNodes, soleNode, type Node, type NodeTimes } from '../kernel/db/nodes.ts';
import { watchEventLoop, type LoopWatch } from '../kernel/event-loop.ts';
import { createEvents, type NodeEvents } from '../kernel/events.ts';
import { createJobs, type Jobs, type JobTimes } from '../kernel/jobs/jobs.ts';
import type { Logger } from '../kernel/logger.ts';
import { createSettings, type AdjustableSettings } from '../kernel/settings/settings.ts';
import { checkLogins, maxStepMs } from '../protocols/ssh/self-check.ts';
import { openVault, type StartChecks } from '../start-check.ts';
import { createPasswordHasher, type PasswordHasher } from '../vault/passwords/hasher.ts';
import type { Vault } from '../vault/vault.ts';

const builtWebApp = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** What the command passes in, and what tests replace: only the environment, never our own modules. */
export interface Overrides {
  readonly logger: Logger;
  readonly now?: () => Date;
  /** For tests: cheaper hashes of account passwords. */
  readonly hasher?: PasswordHasher;
  /** The directory of the built web app. */
  readonly webAppDirectory?: string;
  /** After how long a silent node counts as lost. */
  readonly nodeTimes?: NodeTimes;
  readonly jobTimes?: Partial<JobTimes>;
}

/** What the features are created with. */
export interface Foundation extends Required<Omit<Overrides, 'nodeTimes' | 'jobTimes'>> {
  readonly config: Config;
  readonly database: Database;
  readonly vault: Vault;
  readonly checks: StartChecks;
  readonly events: NodeEvents;
  /** Throws while events of other nodes may not arrive. */
  readonly requireEvents: () => void;
  readonly change: Change;
  readonly node: Node;
  readonly jobs: Jobs;
  readonly loop: LoopWatch;
  readonly settings: AdjustableSettings;
  readonly quotas: OwnedQuotas;
  readonly egress: Egress;
}

/** Opens the database and the vault, joins the cluster, and creates what the features need. `opening` closes it again. */
export async function openFoundation(
  config: Config,
  overrides: Overrides,
  opening: AsyncDisposableStack,
): Promise<Foundation> {
  const { logger, now = () => new Date(), hasher = createPasswordHasher() } = overrides;
  const { webAppDirectory = builtWebApp } = overrides;
  const loop = opening.use(watchEventLoop());
  warnOfSlowLogins(logger);
  const databaseUrl = await settledUrlOf(config);
  const database = opening.use(await openDatabase({ ...config, databaseUrl }, logger));
  const { vault, checks } = await openVault({ config, database, logger, now });
  const cluster = { databaseUrl, database, logger, times: overrides.nodeTimes };
  const { node, events, requireEvents } = await joinCluster(cluster, opening);
  const leases = createLeases({ database, nodeId: node.id });
  const jobs = createJobs({ leases, logger, times: overrides.jobTimes });
  const settings = createSettings(config.given);
  const quotas = createOwnedQuotas(database, settings);
  const egress = createEgress(config, settings);
  const change = createChange({ database, events, rightsOf, now, logger });
  const parts = { vault, checks, node, jobs, loop, events, requireEvents, change, settings, quotas, egress };
  return { config, database, ...parts, logger, now, hasher, webAppDirectory };
}

/** A login must not block the event loop: all other requests wait for it. */
function warnOfSlowLogins(logger: Logger): void {
  const stepMs = checkLogins();
  if (stepMs > maxStepMs)
    logger.warn({ stepMs, maxStepMs }, 'this processor is slow: key exchanges with servers hold up others');
}

/** The URL of PostgreSQL, if it is used, with its TLS mode settled. */
async function settledUrlOf({ databaseUrl }: Config): Promise<string | undefined> {
  if (databaseUrl === undefined) return undefined;
  // Loaded only when needed, like the pool: the driver takes memory, and its import a part of the start.
  const { settleTls } = await import('../kernel/db/postgres-connection.ts');
  return settleTls(databaseUrl.expose((bytes) => bytes.toString('utf8')));
}

interface DatabaseAddress {
  readonly databaseUrl: string | undefined;
}

interface ClusterOptions extends DatabaseAddress {
  readonly database: Database;
  readonly logger: Logger;
  readonly times: NodeTimes | undefined;
}

/** Joins the nodes of a PostgreSQL database; with SQLite this process is the only node. */
async function joinCluster({ databaseUrl, database, logger, times }: ClusterOptions, opening: AsyncDisposableStack) {
  if (databaseUrl === undefined) return { node: soleNode(), events: createEvents(), requireEvents: () => undefined };
  const node = opening.use(await joinNodes(database, times));
  const { shareEvents } = await import('../kernel/node-events.ts');
  const options = { url: databaseUrl, nodeId: node.id, logger, checkMs: times?.checkMs };
  const events = opening.use(await shareEvents(options));
  return { node, events, requireEvents: events.requireReceiving };
}

async function openDatabase(
  { databaseUrl, dataDir }: DatabaseAddress & Pick<Config, 'dataDir'>,
  logger: Logger,
): Promise<Database> {
  if (databaseUrl === undefined) return openSqlite(dataDir);
  const { openPostgres } = await import('../kernel/db/postgres.ts');
  return openPostgres(databaseUrl, (error) => {
    logger.warn({ err: error }, 'an idle connection to PostgreSQL broke');
  });
}
