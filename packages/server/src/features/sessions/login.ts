import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import { actorOf } from '../../audit/actor.ts';
import { record } from '../../audit/record.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import { ownerColumns } from '../../kernel/owner.ts';
import type {
  Connection,
  CredentialSource,
  Hop,
  HostKeyCheck,
  LogIn,
  LoginOptions,
  LoginTimeouts,
  ScanHostKeys,
  Target,
} from '../../protocols/protocol.ts';
import { Secret } from '../../vault/secret.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Entries, ResolvedEntry } from '../entries/service.ts';
import type { Identities } from '../identities/service.ts';
import { notUsable, type Choice } from './choose-identity.ts';
import { loginAsAsked, loginDirectly, loginWithIdentity, type LoginAs } from './credential.ts';
import { createHostKeyCheck } from './host-key-check.ts';
import type { Person } from './person.ts';
import type { Plan, PlannedHop } from './plan-login.ts';

/** What a login rests on beside its plan. */
export interface LoginDependencies {
  readonly database: Database;
  readonly entries: Entries;
  readonly identities: Identities;
  readonly logIn: LogIn;
  readonly scanHostKeys: ScanHostKeys;
}

/** Who is there while it happens. */
export interface Company {
  /** Who can be asked; unattended when absent. */
  readonly person?: Person | undefined;
  readonly onStep?: (step: Step) => void;
  readonly signal: AbortSignal;
}

export interface LoggedIn {
  readonly connection: Connection;
  /** The identity on the target; null when somebody typed the credential. */
  readonly identityId: number | null;
}

const timeouts: LoginTimeouts = {
  handshakeMs: 15_000,
  authenticationMs: 20_000,
  questionMs: 120_000,
  channelMs: 10_000,
};

/** A scan looks at host keys and sends nothing. */
const noLogin: LoginAs = {
  username: '',
  credential: {
    has: { key: false, password: false },
    openKey: () => Promise.resolve(undefined),
    openPassword: () => Promise.resolve(undefined),
  },
};
const anyHostKey: HostKeyCheck = { pinnedAlgorithms: [], allowsPassword: false, verify: () => Promise.resolve() };

/**
 * Logs in as planned: the intent is written before any secret is opened, the result after, and without either there is no login. `intent` is
 * what `recordIntent` gave, where that was called before.
 */
export async function connect(
  dependencies: LoginDependencies,
  plan: Plan,
  company: Company,
  intent?: number,
): Promise<LoggedIn> {
  const connection = await attempt(dependencies, plan, company, {
    intent,
    reach: dependencies.logIn,
    inWords: ({ method }) => method,
    undo: (opened) => opened[Symbol.asyncDispose](),
  });
  return { connection, identityId: plan.target.choice?.identity.id ?? null };
}

/** The host keys that the target offers; jump hosts on the way are logged in to, and recorded like any login. */
export function scan(
  dependencies: LoginDependencies,
  plan: Plan,
  signal: AbortSignal,
): Promise<readonly HostKeyFacts[]> {
  return attempt(
    dependencies,
    plan,
    { signal },
    {
      intent: undefined,
      reach: dependencies.scanHostKeys,
      inWords: (keys) => `${keys.length} host keys`,
      undo: () => Promise.resolve(),
    },
  );
}

interface Way<T> {
  /** The entry of the audit log that says what is about to happen, if it is written already. */
  readonly intent: number | undefined;
  readonly reach: (options: LoginOptions) => Promise<T>;
  /** What was reached, for the audit log. */
  readonly inWords: (reached: T) => string;
  readonly undo: (reached: T) => PromiseLike<void>;
}

async function attempt<T>(
  dependencies: LoginDependencies,
  plan: Plan,
  { person, onStep, signal }: Company,
  { intent: recorded, reach, inWords, undo }: Way<T>,
): Promise<T> {
  const intent = recorded ?? (await dependencies.database.transaction((trx) => recordIntent(trx, plan)));
  const attendant = {
    onStep: (step: Step) => onStep?.(step),
    ...(person === undefined ? {} : { ask: askPrompts(person) }),
  };
  let reached: T;
  try {
    const target = await buildTarget(dependencies, plan, { person, signal });
    reached = await reach({ target, timeouts, signal, attendant });
  } catch (error) {
    const detail = error instanceof AppError ? error.code : 'internal';
    await recordResult(dependencies, plan, { outcome: 'failed', intent, detail });
    throw error;
  }
  try {
    await recordResult(dependencies, plan, { outcome: 'ok', intent, detail: inWords(reached) });
    return reached;
  } catch (error) {
    await undo(reached);
    throw error;
  }
}

/** The protocol's questions, put before the person; what is typed becomes secret at once. */
function askPrompts(person: Person) {
  return async (
    title: string,
    instructions: string,
    prompts: readonly { readonly text: string; readonly echo: boolean }[],
    signal: AbortSignal,
  ): Promise<readonly Secret[]> => {
    const values = await person.ask(
      { kind: 'prompt', title, instructions, prompts: prompts.map(({ text, echo }) => ({ text, echo })) },
      signal,
    );
    if (values.length !== prompts.length) throw new AppError('login_failed', 'The login was called off.');
    return values.map((value) => Secret.fromText(value));
  };
}

type Whom = Pick<Company, 'person' | 'signal'>;

async function buildTarget(dependencies: LoginDependencies, plan: Plan, whom: Whom): Promise<Target> {
  const jumps: Hop[] = [];
  for (const jump of plan.jumps) jumps.push(await buildHop(dependencies, plan, jump, whom));
  return { jumps, hop: await buildHop(dependencies, plan, plan.target, whom) };
}

async function buildHop(
  dependencies: LoginDependencies,
  { caller, request, target }: Plan,
  { entry, choice }: PlannedHop,
  { person, signal }: Whom,
): Promise<Hop> {
  const { entries, identities } = dependencies;
  const direct = entry.id === target.entry.id ? request.directIdentity : undefined;
  const loginAs = async (): Promise<LoginAs> => {
    if (direct !== undefined) return loginDirectly(direct);
    if (entry.id === target.entry.id && request.purpose === 'scan') return noLogin;
    if (choice === undefined) return loginAsAsked(entry, person, signal);
    const stored = await identities.openCredential(caller, {
      identityId: choice.identity.id,
      entryId: entry.id,
      entryName: entry.name,
      host: entry.host,
      port: entry.port,
      rights: entry.rights,
    });
    const checked = {
      ...stored,
      ...recheckedBeforeOpening(stored, () => requireStillBound(entries, caller, entry, choice)),
    };
    return loginWithIdentity(entry, checked, person, signal);
  };
  return {
    host: entry.host,
    port: entry.port,
    legacyAlgorithms: entry.config.legacyAlgorithms,
    hostKeys:
      request.purpose === 'scan' && entry.id === target.entry.id
        ? anyHostKey
        : await createHostKeyCheck({ caller, entry, entries, person }),
    ...(await loginAs()),
  };
}

/** Meanwhile the entry may have been led elsewhere, or a host key accepted by somebody who does not manage the identity. */
async function requireStillBound(
  entries: Entries,
  caller: Caller,
  entry: ResolvedEntry,
  choice: Choice,
): Promise<void> {
  const decision = await entries.recheck(caller, entry, choice.identity, choice.because === 'named');
  if (decision !== 'ok') throw notUsable(entry, { ...choice, standing: decision });
}

function recheckedBeforeOpening(
  { openKey, openPassword }: Pick<CredentialSource, 'openKey' | 'openPassword'>,
  recheck: () => Promise<void>,
): Pick<CredentialSource, 'openKey' | 'openPassword'> {
  return {
    openKey: async () => {
      await recheck();
      return openKey();
    },
    openPassword: async () => {
      await recheck();
      return openPassword();
    },
  };
}

/** Writes that a login is about to happen; resolves to the number of the entry. */
export function recordIntent(trx: Trx, { caller, request, jumps, target }: Plan): Promise<number> {
  const { entry, choice } = target;
  return record(trx, {
    actor: actorOf(caller),
    action: 'session.open',
    resource: 'entry',
    resourceId: entry.id,
    resourceName: entry.name,
    organizationId: ownerColumns(entry.owner).organization_id,
    outcome: 'started',
    details: {
      purpose: request.purpose,
      identityId: choice?.identity.id ?? null,
      because: choice?.because ?? (request.directIdentity === undefined ? 'asked' : 'direct'),
      host: entry.host,
      port: entry.port,
      jumps: jumps.map((jump) => jump.entry.id),
      reason: request.reason ?? null,
    },
  });
}

interface Result {
  readonly outcome: 'ok' | 'failed';
  /** The entry of the audit log that this is the end of. */
  readonly intent: number;
  readonly detail: string;
}

async function recordResult(
  { database, identities }: LoginDependencies,
  { caller, jumps, target }: Plan,
  { outcome, intent, detail }: Result,
): Promise<void> {
  await database.transaction((trx) =>
    record(trx, {
      actor: actorOf(caller),
      action: 'session.open',
      resource: 'entry',
      resourceId: target.entry.id,
      resourceName: target.entry.name,
      organizationId: ownerColumns(target.entry.owner).organization_id,
      outcome,
      details: { intent, result: detail },
    }),
  );
  for (const { entry, choice } of [...jumps, target]) {
    if (choice === undefined) continue;
    const use = { identityId: choice.identity.id, entryId: entry.id, entryName: entry.name };
    await identities.recordUse(caller, { ...use, outcome, detail });
  }
}
