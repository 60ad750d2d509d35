import type { IdentityType } from '@gatehouse/contract/identities';
import { forbidden, refuse, type Refusal, type AppError } from '../kernel/app-error.ts';
import { ownerColumns, sameOwner, type Owner } from '../kernel/owner.ts';
import { may } from '../kernel/rights.ts';
import type { ResolvedEntry } from './resolved-entry.ts';
import { denials, mayConfirm, type UsePermission } from './uses.ts';

/** The facts that decide whether an identity may be used. */
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

/** The intended use of an identity. */
export interface IdentityUsage {
  /** On the owner of the identity. */
  readonly permission: UsePermission;
  /** The caller named it; then links and inheritance are ignored. */
  readonly named: boolean;
}

/** The facts of an entry that decide about its identities. */
type EntryFacts = Pick<
  ResolvedEntry,
  'links' | 'inherited' | 'rights' | 'mayChangeIdentities' | 'owner' | 'automaticPin'
>;

/**
 * Whether a visible identity may be used with an entry. An identity without a link may be used only by those who manage it. A suspended link is
 * suspended for every caller, because a manager of the identity may not know of the change. A caller without the permission in an organization cannot
 * use its identities anywhere, including on their own entries.
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

/** Whether no host key was pinned by a policy alone, or managers of this owner's identities chose the policy. */
function keyIsConfirmedFor({ automaticPin, owner }: Pick<EntryFacts, 'automaticPin' | 'owner'>, of: Owner): boolean {
  return automaticPin === 'none' || (automaticPin === 'confirmed' && sameOwner(owner, of));
}

/** The refusal of an identity; the attempt is recorded. */
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
