import type { Hop, LoginOptions, Target } from '../protocols/protocol.ts';
import type { Grant, GrantedHop } from './authorize-use.ts';

/** Not exported, so that targets of this type come from here alone. */
const authorized = Symbol('authorized');

/** Where a grant leads. Logins and scans of host keys take no other target, so none connects to a server without a grant. */
export interface AuthorizedTarget extends Target {
  readonly [authorized]: true;
}

/** A function of a protocol that logs in, scans or dials, as features are given it: for the target of a grant alone. */
export type ForGranted<F extends (options: LoginOptions) => unknown> = (
  options: LoginOptions & { readonly target: AuthorizedTarget },
) => ReturnType<F>;

/** What is added to the address of a machine to log in to it. */
export type HopLogin = Pick<Hop, 'username' | 'credential' | 'hostKeys'>;

/** The machines of a grant as a protocol takes them; `logInTo` is called for each in the order of the way. */
export async function targetOf(
  grant: Grant,
  logInTo: (hop: GrantedHop, index: number) => Promise<HopLogin>,
): Promise<AuthorizedTarget> {
  const jumps: Hop[] = [];
  for (const [index, jump] of grant.jumps.entries()) jumps.push(hopOf(jump, await logInTo(jump, index)));
  const hop = hopOf(grant.target, await logInTo(grant.target, grant.jumps.length));
  return { jumps, hop, [authorized]: true };
}

/** The address is that of the grant, whatever else comes with the login. */
function hopOf({ entry: { host, port, config } }: GrantedHop, login: HopLogin): Hop {
  return { ...login, host, port, legacyAlgorithms: config.legacyAlgorithms };
}
