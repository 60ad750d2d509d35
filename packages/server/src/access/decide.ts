import { notFound } from '../kernel/app-error.ts';
import type { Caller } from '../kernel/caller.ts';
import {
  authorizeRoute,
  destinationChanged,
  type AccessDependencies,
  type AuthorizationRequest,
} from './authorize-route.ts';
import { candidatesOf, chooseIdentity, type Candidate, type Choice } from './choose-identity.ts';
import { identityRefused } from './decide-identity.ts';
import type { ResolvedEntry } from './resolved-entry.ts';
import { useRules, type UsePermission } from './uses.ts';

/** One hop of the route, and the identity that logs in to it: none if the caller supplies the credential, is asked, or nothing logs in. */
export interface DecidedHop {
  readonly entry: ResolvedEntry;
  readonly choice: Choice | undefined;
}

/** An authorized route to a server. */
export interface Decision {
  readonly jumps: readonly DecidedHop[];
  readonly target: DecidedHop;
}

/** Authorizes and resolves, jump hosts with the rights of the caller. Throws the refusal. */
export async function decide(dependencies: AccessDependencies, asked: AuthorizationRequest): Promise<Decision> {
  const { use, identityId, direct = false } = asked;
  const rule = useRules[use];
  const chain = await authorizeRoute(dependencies, asked);
  const jumps: DecidedHop[] = [];
  for (const entry of chain.jumps)
    jumps.push({ entry, choice: await choose(dependencies, entry, candidatesOf(entry), rule.jumpHost) });
  const entry = chain.target;
  if (direct || !rule.logsIn) return { jumps, target: { entry, choice: undefined } };
  if (identityId === undefined)
    return { jumps, target: { entry, choice: await choose(dependencies, entry, candidatesOf(entry), rule.identity) } };
  await dependencies.identities.requireUsable(asked.callers[0], identityId);
  const choice = await choose(dependencies, entry, [{ id: identityId, because: 'named' }], rule.identity);
  if (choice === undefined) throw notFound();
  return { jumps, target: { entry, choice } };
}

/** Whether two bindings count as the same. */
export type SameBinding = (one: string, other: string) => boolean;

/**
 * Decides again on the same use: with the identities and the route of the first decision. Throws why it is not authorized any more. `isSame` says
 * which changes of a binding are accepted, as long as the identity is confirmed for the new one.
 */
export async function decideAgain(
  dependencies: AccessDependencies,
  asked: AuthorizationRequest,
  before: Decision,
  isSame: SameBinding,
): Promise<void> {
  const rule = useRules[asked.use];
  const chain = await authorizeRoute(dependencies, asked);
  const again = { dependencies, caller: asked.callers[0], isSame };
  // A route with other jump hosts is another binding of the target.
  for (const [index, entry] of chain.jumps.entries()) {
    const was = before.jumps[index];
    if (was !== undefined) await requireSame({ ...again, permission: rule.jumpHost }, was, entry);
  }
  await requireSame({ ...again, permission: rule.identity }, before.target, chain.target);
}

async function choose(
  { identities, database }: AccessDependencies,
  entry: ResolvedEntry,
  candidates: readonly Candidate[],
  permission: UsePermission,
): Promise<Choice | undefined> {
  const ids = candidates.map(({ id }) => id);
  const visible = await identities.visible(database.read, entry.rights, ids);
  const choices = candidates.flatMap(({ id, because }): Choice[] => {
    const identity = visible.find((one) => one.id === id);
    return identity === undefined ? [] : [{ identity, because }];
  });
  return chooseIdentity(entry, choices, permission);
}

interface Again {
  readonly dependencies: AccessDependencies;
  readonly caller: Caller;
  readonly isSame: SameBinding;
  readonly permission: UsePermission;
}

/** Requires that a hop is the one decided on, and that its identity may still log in there. */
async function requireSame(
  { dependencies: { database, identities }, caller, isSame, permission }: Again,
  { entry: was, choice }: DecidedHop,
  entry: ResolvedEntry,
): Promise<void> {
  const isSameBinding = was.id === entry.id && isSame(was.binding, entry.binding);
  if (choice === undefined) {
    if (!isSameBinding) throw destinationChanged(was);
    return;
  }
  const [identity] = await identities.visible(database.read, entry.rights, [choice.identity.id]);
  if (identity === undefined) {
    await identities.requireUsable(caller, choice.identity.id);
    throw notFound();
  }
  if (!isSameBinding) throw identityRefused(entry, identity, { permission, decision: 'suspended' });
  chooseIdentity(entry, [{ identity, because: choice.because }], permission);
}
