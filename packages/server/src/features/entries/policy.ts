import { resourceOf, type RefusableAction } from '@gatehouse/contract/audit-actions';
import { forbidden, notFound, type Refusal } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import { mayChangeIdentities } from '../../kernel/host-key-choice.ts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';
import { may, sees, type Rights } from '../../kernel/rights.ts';

interface OwnedThing {
  readonly id: number;
  readonly name: string;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

/** What can be refused of entries, their host keys and folders. */
export type EntryAction = Extract<RefusableAction, `${'entry' | 'folder' | 'host-key'}.${string}`>;

/** Who does what with which entry or folder: enough to refuse it and to record the refusal. */
export interface Attempt<A extends EntryAction = EntryAction> {
  readonly rights: Rights;
  /** `entry.update`, `folder.delete`… */
  readonly action: A;
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
export function refusalOf<A extends EntryAction>(thing: OwnedThing, { action }: Attempt<A>): Refusal<A> {
  return {
    action,
    resource: resourceOf(action),
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
