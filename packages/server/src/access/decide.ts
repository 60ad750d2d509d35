import { AppError, forbidden, notFound } from '../kernel/app-error.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Database, Db } from '../kernel/db/database.ts';
import { ownerColumns } from '../kernel/owner.ts';
import { may, type Rights } from '../kernel/rights.ts';
import { candidatesOf, chooseIdentity, type Candidate, type Choice } from './choose-identity.ts';
import { identityRefused, type IdentityRef } from './decide-identity.ts';
import type { ResolvedChain, ResolvedEntry } from './resolved-entry.ts';
import { denials, useRules, type Use, type UsePermission } from './uses.ts';

/** What access is decided on; `compose.ts` passes it in. */
export interface AccessDependencies {
  readonly database: Database;
  /** Whether the sign-in or API key of a caller is still good; asked of the database. */
  readonly isSignedIn: (caller: Caller) => Promise<boolean>;
  readonly entries: {
    /** The entry and its jump hosts in order; throws `not_found`, `conflict`, `credential_required` or `link_suspended`. */
    resolveChain(caller: Caller, entryId: number): Promise<ResolvedChain>;
  };
  readonly identities: {
    /** Those of the identities that the rights see. */
    visible(db: Db, rights: Rights, ids: readonly number[]): Promise<readonly IdentityRef[]>;
    /** Throws `not_found` unless the caller sees the identity; an attempt on one of another owner is recorded. */
    requireUsable(caller: Caller, id: number): Promise<void>;
  };
}

/** What a caller wants to do on a server. */
export interface UseRequest {
  readonly entryId: number;
  readonly use: Use;
  /** Instead of the identity that the entry says. */
  readonly identityId?: number | undefined;
  /** The caller brings what logs in to the entry; jump hosts use stored identities. */
  readonly direct?: boolean;
}

/** A request with the sign-ins that it is made with: the caller first. */
export interface Asked extends UseRequest {
  readonly callers: readonly [Caller, ...Caller[]];
}

/** One machine of the way, and the identity that logs in to it: none where the caller brings it, is asked, or nothing logs in. */
export interface DecidedHop {
  readonly entry: ResolvedEntry;
  readonly choice: Choice | undefined;
}

/** An authorized way to a server. */
export interface Decision {
  readonly jumps: readonly DecidedHop[];
  readonly target: DecidedHop;
}

/** Authorizes and resolves, jump hosts with the rights of the caller. Throws the refusal. */
export async function decide(dependencies: AccessDependencies, asked: Asked): Promise<Decision> {
  const { use, identityId, direct = false } = asked;
  const rule = useRules[use];
  const chain = await resolveAuthorized(dependencies, asked);
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

/** Whether two bindings count as one. */
export type SameBinding = (one: string, other: string) => boolean;

/**
 * Decides on the same use again: the identities of the first decision, on its way. Throws why it is not authorized any more.
 * @param isSame which changes of a binding the decision outlives, as long as the identity is confirmed for the new one.
 */
export async function decideAgain(
  dependencies: AccessDependencies,
  asked: Asked,
  before: Decision,
  isSame: SameBinding,
): Promise<void> {
  const rule = useRules[asked.use];
  const chain = await resolveAuthorized(dependencies, asked);
  const again = { dependencies, caller: asked.callers[0], isSame };
  // A way with other jump hosts is another binding of the target.
  for (const [index, entry] of chain.jumps.entries()) {
    const was = before.jumps[index];
    if (was !== undefined) await requireSame({ ...again, permission: rule.jumpHost }, was, entry);
  }
  await requireSame({ ...again, permission: rule.identity }, before.target, chain.target);
}

/** Whether the caller may use every machine of the way; throws `unauthenticated`, `invalid_request`, `forbidden`, and what resolving throws. */
async function resolveAuthorized(
  { isSignedIn, entries }: AccessDependencies,
  { callers, entryId, use }: Asked,
): Promise<ResolvedChain> {
  for (const caller of callers)
    if (!(await isSignedIn(caller))) throw new AppError('unauthenticated', 'The sign-in has ended.');
  const chain = await entries.resolveChain(callers[0], entryId);
  for (const jump of chain.jumps) requirePermission(jump, use, 'jumpHost');
  requirePermission(chain.target, use, 'entry');
  return chain;
}

function requirePermission(entry: ResolvedEntry, use: Use, as: 'entry' | 'jumpHost'): void {
  const { protocols, [as]: permission } = useRules[use];
  if (!protocols.some((protocol) => protocol === entry.protocol))
    throw new AppError('invalid_request', `"${entry.name}" speaks ${entry.protocol}; this version logs in over SSH.`, {
      details: [{ path: 'entryId', message: `speaks ${entry.protocol}, not ssh` }],
    });
  if (may(entry.rights, entry.owner, permission)) return;
  throw forbidden(denials[permission].entry, {
    action: 'session.open',
    resource: 'entry',
    resourceId: entry.id,
    resourceName: entry.name,
    organizationId: ownerColumns(entry.owner).organization_id,
  });
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

/** The caller looked at another place, or was authorized for one. */
export function leadsElsewhere({ name }: Pick<ResolvedEntry, 'name'>): AppError {
  return new AppError('conflict', `“${name}” leads elsewhere than before. Look at where before you log in.`);
}

interface Again {
  readonly dependencies: AccessDependencies;
  readonly caller: Caller;
  readonly isSame: SameBinding;
  readonly permission: UsePermission;
}

/** Whether a machine is the one decided on, and its identity may still log in there. */
async function requireSame(
  { dependencies: { database, identities }, caller, isSame, permission }: Again,
  { entry: was, choice }: DecidedHop,
  entry: ResolvedEntry,
): Promise<void> {
  const isSameBinding = was.id === entry.id && isSame(was.binding, entry.binding);
  if (choice === undefined) {
    if (!isSameBinding) throw leadsElsewhere(was);
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
