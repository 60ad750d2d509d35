import { say } from '@gatehouse/contract/messages/message';
import { fieldFault, forbidden, refuse, type AppError } from '../kernel/app-error.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Database, Db } from '../kernel/db/database.ts';
import { ownerColumns } from '../kernel/owner.ts';
import type { Rights } from '../kernel/rights.ts';
import type { IdentityRef } from './decide-identity.ts';
import type { ResolvedChain, ResolvedEntry } from './resolved-entry.ts';
import { denials, mayUse, useRules, type Use } from './uses.ts';

/** The data of the decision; `compose` passes it in. */
export interface AccessDependencies {
  readonly database: Database;
  /** Whether the sign-in or API key of a caller is still valid; reads the database. */
  readonly isSignedIn: (caller: Caller) => Promise<boolean>;
  readonly entries: {
    /** The entry and its jump hosts in order; throws `not_found` or `conflict`. */
    resolveChain(caller: Caller, entryId: number): Promise<ResolvedChain>;
  };
  readonly identities: {
    /** Those of the identities that are visible with these rights. */
    visible(db: Db, rights: Rights, ids: readonly number[]): Promise<readonly IdentityRef[]>;
    /** Throws `not_found` unless the caller sees the identity; an attempt on one of another owner is recorded. */
    requireUsable(caller: Caller, id: number): Promise<void>;
  };
}

/** The use that a caller requests. */
export interface UseRequest {
  readonly entryId: number;
  readonly use: Use;
  /** Replaces the identity of the entry. */
  readonly identityId?: number | undefined;
  /** The caller supplies the credential for the entry; jump hosts use stored identities. */
  readonly direct?: boolean;
}

/** A request with its sign-ins: the caller's first. */
export interface AuthorizationRequest extends UseRequest {
  readonly callers: readonly [Caller, ...Caller[]];
}

/**
 * Decides whether the caller may use every hop of the route; throws `unauthenticated`, `invalid_request`, `forbidden`, what resolving throws, and
 * `credential_required` or `link_suspended` if no identity may log in to a jump host.
 */
export async function authorizeRoute(
  { isSignedIn, entries }: AccessDependencies,
  { callers, entryId, use }: AuthorizationRequest,
): Promise<ResolvedChain> {
  for (const caller of callers) if (!(await isSignedIn(caller))) throw refuse('sign_in_ended');
  const chain = await entries.resolveChain(callers[0], entryId);
  for (const jump of chain.jumps) requireConfirmedIdentity(jump);
  for (const jump of chain.jumps) requirePermission(jump, use, 'jumpHost');
  requirePermission(chain.target, use, 'entry');
  return chain;
}

/** Jump hosts use only stored identities: without one, the route cannot be used. */
function requireConfirmedIdentity({ name, links, inherited }: ResolvedEntry): void {
  const available = inherited === undefined ? links : [...links, inherited];
  if (available.some(({ suspended }) => !suspended)) return;
  if (available.length === 0) throw refuse('jump_host_without_identity', { server: name });
  throw refuse('jump_host_unconfirmed', { server: name });
}

function requirePermission(entry: ResolvedEntry, use: Use, as: 'entry' | 'jumpHost'): void {
  const { protocols, [as]: permission } = useRules[use];
  if (!protocols.some((protocol) => protocol === entry.protocol))
    throw refuse(
      'protocol_unsupported',
      { server: entry.name, protocol: entry.protocol },
      { details: [fieldFault('entryId', say('not_ssh', { protocol: entry.protocol }))] },
    );
  if (mayUse(entry.rights, entry.owner, use, as)) return;
  throw forbidden(denials[permission].entry, {
    action: 'session.open',
    resource: 'entry',
    resourceId: entry.id,
    resourceName: entry.name,
    organizationId: ownerColumns(entry.owner).organization_id,
  });
}

/** The caller has seen another destination, or was authorized for another one. */
export function destinationChanged({ name }: Pick<ResolvedEntry, 'name'>): AppError {
  return refuse('server_leads_elsewhere', { server: name });
}
