import type { Hop, LoginOptions, Target } from '../protocols/protocol.ts';
import type { Grant, GrantedHop } from './authorize-use.ts';

/** Not exported, so that targets of this type are created only here. */
const authorized = Symbol('authorized');

/** The target of a grant. Logins and scans of host keys accept no other target, so none connects to a server without a grant. */
export interface AuthorizedTarget extends Target {
  readonly [authorized]: true;
}

/** A protocol function that logs in, scans or dials, as features get it: only for the target of a grant. */
export type ForGranted<F extends (options: LoginOptions) => unknown> = (
  options: LoginOptions & { readonly target: AuthorizedTarget },
) => ReturnType<F>;

/** What is added to the address of a hop to log in to it. */
export type HopLogin = Pick<Hop, 'username' | 'credential' | 'hostKeys'>;

/** The hops of a grant as a protocol takes them; `logInTo` is called for each in the order of the route. */
export async function targetOf(
  grant: Grant,
  logInTo: (hop: GrantedHop, index: number) => Promise<HopLogin>,
): Promise<AuthorizedTarget> {
  const jumps: Hop[] = [];
  for (const [index, jump] of grant.jumps.entries()) jumps.push(hopOf(jump, await logInTo(jump, index)));
  const hop = hopOf(grant.target, await logInTo(grant.target, grant.jumps.length));
  return { jumps, hop, [authorized]: true };
}

/** The address always comes from the grant. */
function hopOf({ entry: { host, port, config } }: GrantedHop, login: HopLogin): Hop {
  return { ...login, host, port, legacyAlgorithms: config.legacyAlgorithms };
}
