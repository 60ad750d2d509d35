import type { listProviders } from '@gatehouse/contract/auth';
import type { z } from 'zod';
import type { Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import type { EventStream } from '../../kernel/events.ts';
import type { Authenticate } from '../../kernel/http/authenticate.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Vault } from '../../vault/vault.ts';
import { createActivity } from './activity.ts';
import { createApiKeys } from './api-keys.ts';
import { createAuthenticator, type Authenticator } from './authenticator.ts';
import { createClock, type Clock } from './clock.ts';
import { createLimiter } from './limiter.ts';
import { createPasswordMethod, type PasswordCredentials } from './methods/password.ts';
import { createPasswordChanges } from './password.ts';
import { deleteApiKeys, deleteSignIns, isSignedIn } from './repository.ts';
import { createSignIns } from './sign-ins.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createSprayWatch } from './spraying.ts';

const hourMs = 3_600_000;
const pruneEveryMs = hourMs;

interface Dependencies {
  readonly database: Database;
  readonly events: EventStream;
  readonly change: Change;
  readonly logger: Logger;
  readonly hasher: PasswordHasher;
  readonly vault: Pick<Vault, 'mac'>;
  readonly settings: Settings;
  readonly now: () => Date;
  readonly monotonicMs?: () => number;
}

/** Sign-ins, API keys and passwords. Disposing writes pending uses of sign-ins. */
export interface Auth extends AsyncDisposable {
  readonly authenticate: Authenticate;
  /** The sign-in function of each method. All throw `invalid_credentials` and `too_many_requests`. */
  readonly signIn: { readonly password: SignIn<PasswordCredentials> };
  /** The methods that are available now. */
  providers(): z.input<typeof listProviders.result>;
  readonly passwords: ReturnType<typeof createPasswordChanges>;
  readonly apiKeys: ReturnType<typeof createApiKeys>;
  readonly signIns: ReturnType<typeof createSignIns>;
  /** Whether a caller's sign-in or API key still exists, for work that outlasts its request; read from the database each time. */
  isSignedIn(caller: Caller): Promise<boolean>;
  readonly endsAt: Authenticator['endsAt'];
  /** Wrong passwords of many accounts, for the metrics. */
  readonly failures: { accounts(): number; sprayingAlarms(): number };
  /** The time of sign-ins, in milliseconds since 1970; it never goes back. */
  readonly clock: Clock;
  /** Ends all sign-ins and API keys of an account, in the caller's transaction; the caller emits the event `revoked`. */
  endSignIns(trx: Trx, accountId: number): Promise<void>;
  /** Call it after a commit that changed an account's name or rights: its cached callers are dropped. */
  forget(accountId: number): void;
  readonly jobs: readonly Job[];
}

/** Sign-ins and the authentication of tokens. Disposing writes pending uses and ends the timers. */
export function createAuth(dependencies: Dependencies): Auth {
  const { database, events, change, logger, hasher, vault, settings, now } = dependencies;
  const { monotonicMs = () => performance.now() } = dependencies;
  const idleMs = () => settings.get('SESSION_IDLE_HOURS') * hourMs;
  const absoluteMs = () => settings.get('SESSION_ABSOLUTE_HOURS') * hourMs;
  const passwordMinLength = () => settings.get('PASSWORD_MIN_LENGTH');
  const clock = createClock({ now, monotonicMs });
  const mac = (purpose: string, data: string) => vault.mac(purpose, data);
  const activity = createActivity(change);
  const authenticator = createAuthenticator({ database, events, activity, clock, idleMs });
  const spraying = createSprayWatch();
  const limiter = createLimiter({ database, change, mac, clock });
  const signIns = createSignIns({ database, change, activity, clock, idleMs });
  const methods = { password: createPasswordMethod({ database, hasher }) };
  const signInDependencies = { change, settings, limiter, mac, clock, absoluteMs, spraying, logger };
  const prune: Job = { name: 'auth.prune', everyMs: pruneEveryMs, scope: 'cluster', run: () => signIns.prune() };

  return {
    authenticate: authenticator.authenticate,
    signIn: { password: createSignIn(signInDependencies, methods.password) },
    providers: () =>
      Object.values(methods).map(({ provider }) => ({
        ...provider,
        enabled: true,
        allowRegistration: settings.get('SELF_REGISTRATION'),
      })),
    passwords: createPasswordChanges({ database, change, hasher, limiter, passwordMinLength }),
    apiKeys: createApiKeys({ database, change, settings, activity, hasher, limiter, clock }),
    signIns,
    endsAt: authenticator.endsAt,
    failures: { accounts: () => spraying.accounts(clock()), sprayingAlarms: () => spraying.alarms() },
    clock,
    isSignedIn: (caller) => isSignedIn(database.read, caller),
    endSignIns,
    forget: (accountId) => {
      authenticator.forget(accountId);
    },
    jobs: [...activity.jobs, prune],
    async [Symbol.asyncDispose]() {
      authenticator[Symbol.dispose]();
      await activity[Symbol.asyncDispose]();
    },
  };
}

async function endSignIns(trx: Trx, accountId: number): Promise<void> {
  await deleteSignIns(trx, accountId);
  await deleteApiKeys(trx, accountId);
}
