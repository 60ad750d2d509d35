import { AppError, forbidden, notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { ownerColumns } from '../../kernel/owner.ts';
import { may } from '../../kernel/rights.ts';
import type { Entries, ResolvedEntry } from '../entries/service.ts';
import type { Identities } from '../identities/service.ts';
import { chooseIdentity, type Candidate, type Choice } from './choose-identity.ts';
import { directLogin, type DirectIdentity, type DirectLogin } from './credential.ts';
import { destinationOf, tagOf } from './destination.ts';
import type { Touches } from './touches.ts';

/** What is asked for. */
export interface LoginRequest {
  readonly entryId: number;
  readonly identityId?: number | undefined;
  /** What it is for, as the audit log says it. A scan never authenticates on the target. */
  readonly purpose: 'terminal' | 'exec' | 'test' | 'scan';
  readonly reason?: string | undefined;
  /** The tag of the destination that a person looked at. */
  readonly destination?: string | undefined;
}

/** One machine of the way, and what logs in to it; no choice where a person must say. */
export interface PlannedHop {
  readonly entry: ResolvedEntry;
  readonly choice: Choice | undefined;
}

/** An authorized and resolved way to a server, on which nobody has set out yet. */
export interface Plan {
  readonly caller: Caller;
  readonly request: LoginRequest;
  /** Used instead of a stored identity on the target; jump hosts use theirs. */
  readonly direct: DirectLogin | undefined;
  readonly jumps: readonly PlannedHop[];
  readonly target: PlannedHop;
}

interface Dependencies {
  readonly database: Database;
  readonly entries: Entries;
  readonly identities: Identities;
}

/**
 * Authorizes and resolves, jump hosts with the rights of the caller. Throws `not_found`, `forbidden`, `link_suspended`, and
 * `invalid_request` where SSH is not what the entry speaks; nothing has left this machine then.
 */
export async function planLogin(
  dependencies: Dependencies,
  caller: Caller,
  { directIdentity, ...request }: LoginRequest & { readonly directIdentity?: DirectIdentity | undefined },
): Promise<Plan> {
  const chain = await dependencies.entries.resolveChain(caller, request.entryId);
  for (const entry of [...chain.jumps, chain.target]) authorize(entry);
  const jumps: PlannedHop[] = [];
  for (const entry of chain.jumps) jumps.push({ entry, choice: await choose(dependencies, entry, undefined) });
  const withStored = directIdentity === undefined && request.purpose !== 'scan';
  if (withStored && request.identityId !== undefined)
    await dependencies.identities.requireUsable(caller, request.identityId);
  const choice = withStored ? await choose(dependencies, chain.target, request.identityId) : undefined;
  const direct = directIdentity && directLogin(directIdentity, caller.accountId);
  const plan: Plan = { caller, request, direct, jumps, target: { entry: chain.target, choice } };
  const { destination } = request;
  if (destination !== undefined && destination !== tagOf(destinationOf(plan, plan.target, [])))
    throw new AppError(
      'conflict',
      `“${chain.target.name}” leads elsewhere than before. Look at where before you log in.`,
    );
  return plan;
}

/** What a session on this way rests on. */
export function touchesOf({ caller, jumps, target }: Plan): Touches {
  const hops = [...jumps, target];
  const identities = hops.flatMap(({ choice }) => (choice === undefined ? [] : [choice.identity]));
  return {
    callers: [caller],
    servers: hops.map(({ entry }) => entry.owner),
    identities: identities.map(({ owner }) => owner),
    entryIds: hops.map(({ entry }) => entry.id),
    identityIds: identities.map(({ id }) => id),
  };
}

function authorize(entry: ResolvedEntry): void {
  if (entry.protocol !== 'ssh' && entry.protocol !== 'sftp')
    throw new AppError('invalid_request', `"${entry.name}" speaks ${entry.protocol}; this version logs in over SSH.`, {
      details: [{ path: 'entryId', message: `speaks ${entry.protocol}, not ssh` }],
    });
  if (may(entry.rights, entry.owner, 'connect.ssh')) return;
  throw forbidden('You may not connect to servers of this organization over SSH.', {
    action: 'session.open',
    resource: 'entry',
    resourceId: entry.id,
    resourceName: entry.name,
    organizationId: ownerColumns(entry.owner).organization_id,
  });
}

/** The identity named, else the links in their order, else the one inherited from folder or organization. */
async function choose(
  { identities, entries, database }: Dependencies,
  entry: ResolvedEntry,
  named: number | undefined,
): Promise<Choice | undefined> {
  const wanted = named === undefined ? linkedAndInherited(entry) : [{ id: named, because: 'named' as const }];
  const ids = wanted.map(({ id }) => id);
  const visible = await identities.visible(database.read, entry.rights, ids);
  const candidates = wanted.flatMap(({ id, because }): Candidate[] => {
    const identity = visible.find((one) => one.id === id);
    if (identity === undefined) return [];
    return [{ identity, because, standing: entries.mayUseIdentity(entry, identity, because === 'named') }];
  });
  if (named !== undefined && candidates.length === 0) throw notFound();
  return chooseIdentity(entry, candidates);
}

function linkedAndInherited({ links, inherited }: ResolvedEntry): { id: number; because: Choice['because'] }[] {
  return [
    ...links.map(({ identityId }) => ({ id: identityId, because: 'linked' as const })),
    ...(inherited === undefined ? [] : [{ id: inherited.identityId, because: 'inherited' as const }]),
  ];
}
