import { inEnglish, say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts, Step } from '@gatehouse/contract/problem';
import type { Grant, GrantedHop } from '../../../access/authorize-use.ts';
import type { ForGranted } from '../../../access/login-target.ts';
import { refuse } from '../../../kernel/app-error.ts';
import type { Database } from '../../../kernel/db/database.ts';
import type { EgressPolicy } from '../../../kernel/egress/policy.ts';
import type { Settings } from '../../../kernel/settings/settings.ts';
import { toAppError } from '../../../kernel/http/problem.ts';
import type {
  Interaction,
  Connection,
  LogIn,
  LoginOptions,
  LoginTimeouts,
  ScanHostKeys,
} from '../../../protocols/protocol.ts';
import { Secret } from '../../../vault/secret.ts';
import type { Entries } from '../../inventory/service.ts';
import type { Identities, IdentityUse } from '../../identities/service.ts';
import type { UseRecord } from '../registry/record.ts';
import { watchEgress } from './egress.ts';
import { createHopPerson, currentDestination } from './hop-person.ts';
import { buildTarget } from './hops.ts';
import type { HopPerson, Person } from './person.ts';

/** The dependencies of a login. */
export interface LoginDependencies {
  readonly database: Database;
  readonly entries: Entries;
  readonly now: () => Date;
  readonly settings: Pick<Settings, 'get'>;
  readonly identities: Identities;
  readonly egress: EgressPolicy;
  readonly logIn: ForGranted<LogIn>;
  readonly scanHostKeys: ForGranted<ScanHostKeys>;
}

/** The caller's side of a login: a person, a listener for steps, a signal. */
export interface LoginContext {
  /** The person who can be asked; absent for unattended logins. */
  readonly person?: Person | undefined;
  readonly onStep?: (step: Step) => void;
  readonly signal: AbortSignal;
}

/** `authenticationMs` is a setting: the server may wait for a person, as we do. */
const timeouts: Omit<LoginTimeouts, 'authenticationMs'> = {
  handshakeMs: 15_000,
  questionMs: 120_000,
  channelMs: 10_000,
  silenceMs: 120_000,
};

/** Logs in according to the grant of the record. The results, also of jump hosts, are recorded; otherwise the login fails. */
export function connect(dependencies: LoginDependencies, record: UseRecord, login: LoginContext): Promise<Connection> {
  return attempt(dependencies, record, login, {
    run: dependencies.logIn,
    describe: ({ method }) => method,
    undo: (connection) => connection[Symbol.asyncDispose](),
  });
}

/** The host keys that the target offers; jump hosts are logged in to, and recorded like any login. */
export function scan(
  dependencies: LoginDependencies,
  record: UseRecord,
  signal: AbortSignal,
): Promise<readonly HostKeyFacts[]> {
  return attempt(
    dependencies,
    record,
    { signal },
    {
      run: dependencies.scanHostKeys,
      describe: ({ length: count }) => inEnglish(say('host_keys_found', { count })),
      undo: () => Promise.resolve(),
    },
  );
}

interface Operation<T> {
  readonly run: ForGranted<(options: LoginOptions) => Promise<T>>;
  /** The result, for the audit log. */
  readonly describe: (reached: T) => string;
  readonly undo: (reached: T) => PromiseLike<void>;
}

async function attempt<T>(
  dependencies: LoginDependencies,
  record: UseRecord,
  { person, onStep, signal }: LoginContext,
  operation: Operation<T>,
): Promise<T> {
  const { grant } = record.login;
  const steps: Step[] = [];
  const progress = startProgress(grant);
  const persons = person && new Map(grant.hops.map((hop) => [hop, createHopPerson(dependencies, grant, hop, person)]));
  const personOf = (hop: GrantedHop) => persons?.get(hop);
  const egress = watchEgress(dependencies.egress);
  const interaction: Interaction = {
    onStep(step) {
      steps.push(step);
      onStep?.(step);
    },
    onLoggedIn: () => {
      progress.finishHop();
    },
    ...(person && { ask: askPrompts(() => personOf(progress.current())) }),
  };
  let reached: T;
  try {
    const preparation = { personOf, signal, questionMs: timeouts.questionMs };
    const target = await buildTarget(dependencies, record.login, preparation, (index) => {
      progress.startHop(index);
    });
    progress.startHop(0);
    const authenticationMs = dependencies.settings.get('LOGIN_ANSWER_SECONDS') * 1000;
    reached = await operation.run({
      target,
      egress: egress.check,
      timeouts: { ...timeouts, authenticationMs },
      signal,
      interaction,
    });
  } catch (error) {
    const { code, said } = toAppError(error);
    const uses = progress.uses({ detail: said, problem: code });
    const denied = code === 'destination_denied' ? egress.lastDenial() : undefined;
    const denial = denied && { ...denied, hop: progress.current() };
    await record.loggedIn({ outcome: 'failed', result: code, uses, steps, denial });
    throw error;
  }
  try {
    const logins = person === undefined ? [] : await loginsOf(dependencies, grant);
    await record.loggedIn({ outcome: 'ok', result: operation.describe(reached), uses: progress.uses(), steps, logins });
    return reached;
  } catch (error) {
    await operation.undo(reached);
    throw error;
  }
}

/** The destinations of a person's login. Unattended logins do not count: persons are shown what changed since. */
function loginsOf(dependencies: LoginDependencies, grant: Grant) {
  return Promise.all(
    grant.hops.map(async (hop) => ({
      entryId: hop.entry.id,
      destination: await currentDestination(dependencies, grant, hop),
    })),
  );
}

interface Progress {
  /** Later failures belong to the hop with this index. */
  startHop(index: number): void;
  /** The login to the present hop succeeded; continues with the next. */
  finishHop(): void;
  /** The present hop. */
  current(): GrantedHop;
  /** The result of each identity so far; identities behind a failed hop were not tried. */
  uses(failure?: Pick<IdentityUse, 'detail' | 'problem'>): IdentityUse[];
}

function startProgress({ hops, target }: Grant): Progress {
  let at = 0;
  let passed = 0;
  return {
    startHop(index) {
      at = index;
    },
    finishHop() {
      passed = ++at;
    },
    current: () => hops[at] ?? target,
    uses: (failure) => [
      ...hops.slice(0, passed).flatMap((hop) => useOf(hop, { outcome: 'ok', detail: say('logged_in') })),
      ...(failure === undefined
        ? []
        : hops.slice(at, at + 1).flatMap((hop) => useOf(hop, { outcome: 'failed', ...failure }))),
    ],
  };
}

function useOf(
  { entry, identity }: GrantedHop,
  came: Pick<IdentityUse, 'outcome' | 'detail' | 'problem'>,
): IdentityUse[] {
  if (identity === undefined) return [];
  return [{ identityId: identity.identity.id, entryId: entry.id, entryName: entry.name, ...came }];
}

/** Shows the protocol's questions to the person; typed text becomes a secret at once. */
function askPrompts(personNow: () => HopPerson | undefined): NonNullable<Interaction['ask']> {
  return async (title, instructions, prompts, signal) => {
    const question = {
      kind: 'prompt',
      title,
      instructions,
      prompts: prompts.map((prompt) => ({ ...prompt })),
    } as const;
    const values = (await personNow()?.ask(question, signal)) ?? [];
    if (values.length !== prompts.length) throw refuse('login_called_off');
    return values.map((value) => Secret.fromText(value));
  };
}
