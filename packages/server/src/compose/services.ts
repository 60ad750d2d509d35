import { join } from 'node:path';
import { createAccess } from '../access/authorize-use.ts';
import { createCheckpoints, type Checkpoints } from '../audit/checkpoints.ts';
import { createAccounts, type Accounts } from '../features/accounts/service.ts';
import { createAuditLog, type AuditLog } from '../features/audit-log/service.ts';
import { createAuth, type Auth } from '../features/auth/service.ts';
import { createInventory, type Entries, type Folders, type Inventory } from '../features/inventory/service.ts';
import { parts } from '../features/identities/parts/parts.ts';
import { createIdentities, type Identities } from '../features/identities/service.ts';
import { createStateSockets, type StateSockets } from '../features/state-socket/service.ts';
import { rightsOf } from '../features/organizations/rights-repository.ts';
import { createOrganizations, type Organizations } from '../features/organizations/service.ts';
import { createSessions, type Sessions } from '../features/sessions/service.ts';
import { createSettingsAdministration, type SettingsAdministration } from '../features/settings/service.ts';
import type { Job } from '../kernel/jobs/job.ts';
import { logIn } from '../protocols/ssh/login.ts';
import { scanHostKeys } from '../protocols/ssh/scan.ts';
import { checkpointFile } from '../start-check.ts';
import { generatePrivateKey } from '../vault/keys/generate.ts';
import { inspectPrivateKey } from '../vault/keys/inspect.ts';
import { openSigningKey } from '../vault/keys/open.ts';
import type { Foundation } from './foundation.ts';

/** The services of all features. */
export interface Services {
  readonly auth: Auth;
  readonly accounts: Accounts;
  readonly checkpoints: Checkpoints;
  readonly auditLog: AuditLog;
  readonly organizations: Organizations;
  readonly identities: Identities;
  readonly entries: Entries;
  readonly folders: Folders;
  readonly sessions: Sessions;
  readonly stateSockets: StateSockets;
  readonly settingsAdministration: SettingsAdministration;
}

/** Creates the services and connects them. `opening` closes them again. */
export async function createServices(foundation: Foundation, opening: AsyncDisposableStack): Promise<Services> {
  const { config, database, change, vault } = foundation;
  // First, because the others read settings.
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
  // A cycle: logins need identities and entries, whose tests and scans log in. So these call `sessions` late.
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
    rightsOf,
    nodeId: foundation.node.id,
  });
  await sessions.recover();
  const stateSockets = createStateSockets({ ...foundation, auth, rightsOf });
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
    stateSockets,
    settingsAdministration,
  };
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

/** The jobs of all services, and of this node. */
export function jobsOf({ node, events }: Foundation, { sessions, ...others }: Services): readonly Job[] {
  const { auth, checkpoints, identities, stateSockets } = others;
  const ofNode = node.jobs({
    async onNodesLost() {
      await sessions.recover();
      // The lost node may have committed changes without sending their events.
      events.emit({ type: 'missed' });
    },
    onDeclaredLost() {
      sessions.abandon();
      events.deliver({ type: 'missed' });
    },
  });
  return [ofNode, sessions.jobs, auth.jobs, checkpoints.jobs, identities.jobs, stateSockets.jobs].flat();
}
