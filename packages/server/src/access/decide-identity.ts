import type { IdentityType } from '@gatehouse/contract/identities';
import { forbidden, refuse, type Refusal, type AppError } from '../kernel/app-error.ts';
import { ownerColumns, sameOwner, type Owner } from '../kernel/owner.ts';
import { may } from '../kernel/rights.ts';
import type { ResolvedEntry } from './resolved-entry.ts';
import { denials, mayConfirm, type UsePermission } from './uses.ts';

/** What decides whether an identity may be used. */
export interface IdentityFacts {
  readonly id: number;
  readonly owner: Owner;
  readonly type: IdentityType;
}

/** An identity without its secrets. */
export interface IdentityRef extends IdentityFacts {
  readonly name: string;
  readonly username: string | null;
}

/**
 * Why an identity can or cannot be used with an entry. `no-permission`: its organization denies the caller this use. `unseen-key`: it is not
 * linked, has a password, and the host key was pinned by a policy that no account that manages the identity chose.
 */
export type IdentityDecision = 'ok' | 'suspended' | 'not-linked' | 'no-permission' | 'unseen-key';

/** How an identity would be used. */
export interface IdentityUsage {
  /** On the owner of the identity. */
  readonly permission: UsePermission;
  /** The caller named it; links and inheritance do not count then. */
  readonly named: boolean;
}

/** What an entry says about the identities that may be used with it. */
type EntryFacts = Pick<
  ResolvedEntry,
  'links' | 'inherited' | 'rights' | 'mayChangeIdentities' | 'owner' | 'automaticPin'
>;

/**
 * Whether an identity that the caller can see may be used with an entry. An identity without a link is for those alone who manage it; a
 * suspended link is suspended for every caller, because who manages the identity may not know of the change. A caller who lacks the permission
 * in an organization uses its identities nowhere, an entry of their own included.
 */
export function decideIdentity(
  entry: EntryFacts,
  identity: IdentityFacts,
  { permission, named }: IdentityUsage,
): IdentityDecision {
  if (!may(entry.rights, identity.owner, permission)) return 'no-permission';
  const link =
    entry.links.find(({ identityId }) => identityId === identity.id) ??
    (entry.inherited?.identityId === identity.id ? entry.inherited : undefined);
  if (link !== undefined) return link.suspended ? 'suspended' : 'ok';
  const manages = entry.mayChangeIdentities && mayConfirm(entry.rights, identity.owner);
  if (!named || !manages) return 'not-linked';
  return identity.type === 'ssh' || keyIsConfirmedFor(entry, identity.owner) ? 'ok' : 'unseen-key';
}

/** Whether no host key was pinned by a policy alone, or the policy was of those who manage the identities of this owner. */
function keyIsConfirmedFor({ automaticPin, owner }: Pick<EntryFacts, 'automaticPin' | 'owner'>, of: Owner): boolean {
  return automaticPin === 'none' || (automaticPin === 'confirmed' && sameOwner(owner, of));
}

/** The refusal of an identity, in words; the attempt is recorded. */
export function identityRefused(
  { name }: Pick<ResolvedEntry, 'name'>,
  identity: IdentityRef,
  { permission, decision }: { readonly permission: UsePermission; readonly decision: Exclude<IdentityDecision, 'ok'> },
): AppError {
  const refusal: Refusal<'identity.use'> = {
    action: 'identity.use',
    resource: 'identity',
    resourceId: identity.id,
    resourceName: identity.name,
    organizationId: ownerColumns(identity.owner).organization_id,
  };
  switch (decision) {
    case 'suspended':
      return refuse('link_changed', { server: name, identity: identity.name }, { refusal });
    case 'unseen-key':
      return refuse('link_host_key_unconfirmed', { server: name, identity: identity.name }, { refusal });
    case 'no-permission':
      return forbidden(denials[permission].identity, refusal);
    case 'not-linked':
      return refuse('identity_not_linked', { identity: identity.name, server: name }, { refusal: refusal });
  }
}
