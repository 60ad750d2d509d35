import { resourceOf, type RefusableAction } from '@gatehouse/contract/audit-actions';
import type { Permission } from '@gatehouse/contract/permissions';
import { mayConfirm } from '../../access/uses.ts';
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

/** The actions on entries, their host keys and folders that can be refused. */
export type EntryAction = Extract<RefusableAction, `${'entry' | 'folder' | 'host-key'}.${string}`>;

/** The permission on the owner for each change of an entry, its host keys or a folder. */
const changeRules = {
  'entry.create': 'resources.manage',
  'entry.update': 'resources.manage',
  'entry.delete': 'resources.manage',
  'folder.create': 'resources.manage',
  'folder.update': 'resources.manage',
  'folder.delete': 'resources.manage',
  'host-key.replace': 'resources.manage',
  'host-key.remove': 'resources.manage',
} as const satisfies Partial<Record<EntryAction, Permission>>;

/** A change that requires a permission on the owner. */
export type ChangeAction = keyof typeof changeRules;

/** Whether the permissions of the caller allow a change of what belongs to this owner. */
export function mayChange(rights: Rights, owner: Owner, action: ChangeAction): boolean {
  return may(rights, owner, changeRules[action]);
}

/** An action and the rights of its caller: enough to refuse it and to record the refusal. */
export interface ActionContext<A extends EntryAction = EntryAction> {
  readonly rights: Rights;
  /** `entry.update`, `folder.delete`… */
  readonly action: A;
}

/** The thing, if the caller can see it; otherwise throws the uniform `not_found`. */
export function visible<T extends OwnedThing>(thing: T | undefined, context: ActionContext): T {
  if (thing === undefined) throw notFound();
  if (!sees(context.rights, ownerOf(thing))) throw notFound(refusalOf(thing, context));
  return thing;
}

/** The thing, if the caller may change it; throws `not_found` or `forbidden`. */
export function changeable<T extends OwnedThing>(thing: T | undefined, context: ActionContext<ChangeAction>): T {
  const seen = visible(thing, context);
  if (!mayChange(context.rights, ownerOf(seen), context.action))
    throw forbidden('server_change_denied', refusalOf(seen, context));
  return seen;
}

/** The record of a refused action on an existing thing. */
export function refusalOf<A extends EntryAction>(thing: OwnedThing, { action }: ActionContext<A>): Refusal<A> {
  return {
    action,
    resource: resourceOf(action),
    resourceId: thing.id,
    resourceName: thing.name,
    organizationId: thing.organization_id,
  };
}

/**
 * Whether the caller decides where identities of this owner may be sent. With an API key, only if it may change identities: a key that may only edit
 * entries must not redirect a credential.
 */
export function managesIdentities(caller: Caller, rights: Rights, owner: Owner): boolean {
  return mayChangeIdentities(caller) && mayConfirm(rights, owner);
}
