import type { GrantedHop } from '../../../access/authorize-use.ts';
import { targetOf, type AuthorizedTarget, type HopLogin } from '../../../access/login-target.ts';
import type { HostKeyCheck } from '../../../protocols/protocol.ts';
import type { Entries } from '../../inventory/service.ts';
import type { Identities } from '../../identities/service.ts';
import type { AuthorizedLogin } from './authorized-login.ts';
import { askThrough, loginByPrompt, loginDirectly, loginWithIdentity, type LoginAs } from './credential.ts';
import { createHostKeyCheck } from './host-key-check.ts';
import type { HopPerson } from './person.ts';

interface Dependencies {
  readonly entries: Entries;
  readonly identities: Pick<Identities, 'openCredential' | 'noCredential'>;
  readonly now: () => Date;
}

/** Who can be asked while a login is prepared and runs; unattended without a person. */
export interface HopPreparation {
  readonly personOf: (hop: GrantedHop) => HopPerson | undefined;
  readonly signal: AbortSignal;
  /** How long a person may think about one question, in milliseconds. */
  readonly questionMs: number;
}

/** A scan reads host keys and sends no credential. */
const noLogin: LoginAs = {
  username: '',
  credential: { offers: [] },
};
const anyHostKey: HostKeyCheck = { pinnedAlgorithms: [], allowsPassword: false, verify: () => Promise.resolve() };

/** Converts a grant to the target for the protocol; `onHop` is called with the hop that is prepared. No secret is opened here. */
export function buildTarget(
  dependencies: Dependencies,
  login: AuthorizedLogin,
  preparation: HopPreparation,
  onHop: (index: number) => void,
): Promise<AuthorizedTarget> {
  return targetOf(login.grant, (hop, index) => {
    onHop(index);
    return prepareHop(dependencies, login, hop, preparation);
  });
}

async function prepareHop(
  dependencies: Dependencies,
  login: AuthorizedLogin,
  hop: GrantedHop,
  preparation: HopPreparation,
): Promise<HopLogin> {
  const { caller, use, target } = login.grant;
  if (use === 'scan' && hop === target) return { hostKeys: anyHostKey, ...noLogin };
  const person = preparation.personOf(hop);
  const check = await createHostKeyCheck({ ...dependencies, caller, entry: hop.entry, person });
  const loggingIn = await loginAs(dependencies, login, hop, { person, ...preparation });
  person?.setUsername(loggingIn.username);
  return { hostKeys: person?.observe(check) ?? check, ...loggingIn };
}

async function loginAs(
  { identities }: Dependencies,
  { grant, direct }: AuthorizedLogin,
  hop: GrantedHop,
  { person, ...limits }: Omit<HopPreparation, 'personOf'> & { readonly person: HopPerson | undefined },
): Promise<LoginAs> {
  const { entry, identity } = hop;
  const ask = person && askThrough(person, entry, limits);
  if (direct !== undefined && hop === grant.target) return loginDirectly(direct, ask);
  if (identity === undefined) return loginByPrompt(entry, identities.noCredential, ask);
  return loginWithIdentity(entry, await identities.openCredential(identity), ask);
}
