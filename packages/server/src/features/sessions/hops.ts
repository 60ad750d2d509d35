import type { Caller } from '../../kernel/caller.ts';
import type { Hop, HostKeyCheck, Target } from '../../protocols/protocol.ts';
import type { Entries, ResolvedEntry } from '../entries/service.ts';
import type { Identities, IdentityCredential } from '../identities/service.ts';
import { notUsable, type Choice } from './choose-identity.ts';
import { asking, loginAsAsked, loginWithIdentity, type LoginAs } from './credential.ts';
import { createHostKeyCheck } from './host-key-check.ts';
import type { HopPerson } from './person.ts';
import type { Plan, PlannedHop } from './plan-login.ts';

interface Dependencies {
  readonly entries: Entries;
  readonly identities: Pick<Identities, 'openCredential'>;
  readonly now: () => Date;
}

/** Who can be asked while a way is prepared and gone; unattended without a person. */
export interface Whom {
  readonly personOf: (hop: PlannedHop) => HopPerson | undefined;
  readonly signal: AbortSignal;
  /** How long a person may think about one question, in milliseconds. */
  readonly questionMs: number;
}

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

/** Turns a plan into what the protocol works with; `onHop` hears which machine is prepared. No secret is opened here. */
export async function buildTarget(
  dependencies: Dependencies,
  plan: Plan,
  whom: Whom,
  onHop: (index: number) => void,
): Promise<Target> {
  const jumps: Hop[] = [];
  for (const [index, jump] of plan.jumps.entries()) {
    onHop(index);
    jumps.push(await buildHop(dependencies, plan, jump, whom));
  }
  onHop(plan.jumps.length);
  return { jumps, hop: await buildHop(dependencies, plan, plan.target, whom) };
}

async function buildHop(dependencies: Dependencies, plan: Plan, planned: PlannedHop, whom: Whom): Promise<Hop> {
  const { entry } = planned;
  const isScanned = plan.request.purpose === 'scan' && planned === plan.target;
  const person = whom.personOf(planned);
  const check = isScanned
    ? anyHostKey
    : await createHostKeyCheck({ ...dependencies, caller: plan.caller, entry, person });
  const login = isScanned ? noLogin : await loginAs(dependencies, plan, planned, { person, ...whom });
  person?.logsInAs(login.username);
  return {
    host: entry.host,
    port: entry.port,
    legacyAlgorithms: entry.config.legacyAlgorithms,
    hostKeys: person?.noting(check) ?? check,
    ...login,
  };
}

async function loginAs(
  { entries, identities }: Dependencies,
  { caller, direct, target }: Plan,
  { entry, choice }: PlannedHop,
  { person, ...limits }: Omit<Whom, 'personOf'> & { readonly person: HopPerson | undefined },
): Promise<LoginAs> {
  const ask = person && asking(person, entry, limits);
  if (direct !== undefined && entry.id === target.entry.id) return direct.loginAs(ask);
  if (choice === undefined) return loginAsAsked(entry, ask);
  const stored = await identities.openCredential(caller, {
    identityId: choice.identity.id,
    entryId: entry.id,
    entryName: entry.name,
    host: entry.host,
    port: entry.port,
    rights: entry.rights,
  });
  const requireBound = () => requireStillBound(entries, caller, entry, choice);
  return loginWithIdentity(entry, { ...stored, ...recheckedBeforeOpening(stored, requireBound) }, ask);
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

type Openings = Pick<IdentityCredential, 'openKey' | 'openPassword'>;

function recheckedBeforeOpening({ openKey, openPassword }: Openings, recheck: () => Promise<void>): Openings {
  return {
    openKey: async (passphrase) => {
      await recheck();
      return openKey(passphrase);
    },
    openPassword: async () => {
      await recheck();
      return openPassword();
    },
  };
}
