import { forbidden, notFound, type Refusal } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import { mayChangeIdentities } from '../../kernel/host-key-choice.ts';
import type { IdentityType } from '../../kernel/db/schema.ts';
import { ownerOf, sameOwner, type Owner } from '../../kernel/owner.ts';
import { may, sees, type Rights } from '../../kernel/rights.ts';
import type { ResolvedEntry } from './resolved-entry.ts';

/** What decides whether an identity may be used. */
export interface IdentityFacts {
  readonly id: number;
  readonly owner: Owner;
  readonly type: IdentityType;
}

/**
 * Why an identity can or cannot be used with an entry. `no-permission`: its organization lets the caller log in to nothing. `unseen-key`: it is
 * not linked, has a password, and the host key was pinned by a policy that somebody else chose.
 */
export type UseDecision = 'ok' | 'suspended' | 'not-linked' | 'no-permission' | 'unseen-key';

interface OwnedThing {
  readonly id: number;
  readonly name: string;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

/** Who does what with which entry or folder: enough to refuse it and to record the refusal. */
export interface Attempt {
  readonly rights: Rights;
  /** `entry.update`, `folder.delete`… */
  readonly action: `${'entry' | 'folder' | 'key'}.${string}`;
}

/** The thing, if the caller can see it; otherwise throws the uniform `not_found`. */
export function visible<T extends OwnedThing>(thing: T | undefined, attempt: Attempt): T {
  if (thing === undefined) throw notFound();
  if (!sees(attempt.rights, ownerOf(thing))) throw notFound(refusalOf(thing, attempt));
  return thing;
}

/** The thing, if the caller may change it; throws `not_found` or `forbidden`. */
export function changeable<T extends OwnedThing>(thing: T | undefined, attempt: Attempt): T {
  const seen = visible(thing, attempt);
  if (!may(attempt.rights, ownerOf(seen), 'resources.manage'))
    throw forbidden('You may not change the servers and folders of this organization.', refusalOf(seen, attempt));
  return seen;
}

/** The record of an attempt on something that exists. */
export function refusalOf(thing: OwnedThing, { action }: Attempt): Refusal {
  return {
    action,
    resource: action.startsWith('folder.') ? 'folder' : 'entry',
    resourceId: thing.id,
    resourceName: thing.name,
    organizationId: thing.organization_id,
  };
}

/**
 * Whether the caller decides where identities of this owner may be sent. An API key does so only if it may change identities: one that
 * may merely edit entries must not redirect a credential.
 */
export function managesIdentities(caller: Caller, rights: Rights, owner: Owner): boolean {
  return mayChangeIdentities(caller) && may(rights, owner, 'identities.manage');
}

/**
 * Whether an identity that the caller can see may be used with an entry. `explicit`: the caller named it. An identity without a link is
 * for those alone who manage it; a suspended link is suspended for everybody, because who manages the identity may not know of the change.
 * Whoever may not connect to an organization's servers does not come to them with its identities by an entry of his own, either.
 */
export function mayUseIdentity(
  resolved: Pick<ResolvedEntry, 'links' | 'inherited' | 'rights' | 'mayChangeIdentities' | 'owner' | 'automaticPin'>,
  identity: IdentityFacts,
  explicit: boolean,
): UseDecision {
  if (!may(resolved.rights, identity.owner, 'connect.ssh')) return 'no-permission';
  const link =
    resolved.links.find(({ identityId }) => identityId === identity.id) ??
    (resolved.inherited?.identityId === identity.id ? resolved.inherited : undefined);
  if (link !== undefined) return link.suspended ? 'suspended' : 'ok';
  const manages = resolved.mayChangeIdentities && may(resolved.rights, identity.owner, 'identities.manage');
  if (!explicit || !manages) return 'not-linked';
  return identity.type === 'ssh' || keyIsConfirmedFor(resolved, identity.owner) ? 'ok' : 'unseen-key';
}

/** Whether no host key was pinned by a policy alone, or the policy was of those who manage the identities of this owner. */
function keyIsConfirmedFor({ automaticPin, owner }: Pick<ResolvedEntry, 'automaticPin' | 'owner'>, of: Owner): boolean {
  return automaticPin === 'none' || (automaticPin === 'confirmed' && sameOwner(owner, of));
}
