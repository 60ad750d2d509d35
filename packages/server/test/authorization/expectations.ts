import { permissions, type Permission } from '@gatehouse/contract/permissions';
import type { Scope } from '@gatehouse/contract/scopes';

/** What a person is to the organization of the matrix. `trusted`: a member with every right; `without …`: with every right but this one. */
export const roles = [
  'owner',
  'trusted',
  'member',
  ...permissions.map((permission) => `without ${permission}` as const),
  'invited',
  'removed',
  'outsider',
  'administrator',
] as const;
export type Role = 'owner' | 'trusted' | 'member' | `without ${Permission}` | Stranger;
type Stranger = 'invited' | 'removed' | 'outsider' | 'administrator';

/** The owner of a thing, from the view of the caller. `deleted`: it belonged to another account; `absent`: its id never existed. */
export const resources = [
  'own',
  "the organization's",
  "another organization's",
  "another person's",
  'deleted',
  'absent',
] as const;
export type Resource = (typeof resources)[number];

/** What is answered; `404u` is, to the byte and but for the id of the request, the answer for what never existed. */
export type Verdict = 'allowed' | '401' | '403' | '404u';
export type Verdicts = Readonly<Record<Role, Verdict>>;

/** Who may call at all: everyone, every sign-in but no API key, or a sign-in and API keys with one of the scopes. */
export type Credential = 'none' | 'sign-in' | readonly Scope[];

/** What is expected of one operation; a column that makes no sense for it is absent. */
export interface Row {
  readonly credential: Credential;
  readonly own: Column;
  readonly organization: Column;
  /** Of another organization or person. */
  readonly foreign: Column;
  /** Deleted, or never there. */
  readonly gone: Column;
}

function verdicts(of: (role: Role) => Verdict): Verdicts {
  return Object.fromEntries(roles.map((role) => [role, of(role)])) as Verdicts;
}

/** Every signed-in caller may; with operations without sign-in, everyone. */
export const allowed = verdicts(() => 'allowed');
/** The answer is that it does not exist. */
export const hidden = verdicts(() => '404u');
export const refused = verdicts(() => '403');
export const unauthenticated = verdicts(() => '401');

/** The rights that a member has only when the owner gives them. */
const givenByOwner = permissions.filter((permission) => permission.startsWith('org.'));
export const strangers: readonly Role[] = ['invited', 'removed', 'outsider', 'administrator'] satisfies Stranger[];
/** Those who stand for the others where a right in the organization makes no difference. */
export const few: readonly Role[] = ['owner', 'trusted', 'member', ...strangers];

function memberVerdict(role: Role, needed: readonly Permission[]): Verdict {
  const lacks = role === 'member' ? needed.some((one) => givenByOwner.includes(one)) : needed.includes(rightOf(role));
  return lacks ? '403' : 'allowed';
}

/** The right that a member `without …` lacks. */
function rightOf(role: Role): Permission {
  return role.replace('without ', '') as Permission;
}

/** Active members with all of the rights may, others may not; callers who are not active members are told that it does not exist. */
export function members(...needed: readonly Permission[]): Verdicts {
  return verdicts((role) => (strangers.includes(role) ? '404u' : memberVerdict(role, needed)));
}

/** Like `members`, but members who lack a right are told that it does not exist, too. */
export function membersOrHidden(...needed: readonly Permission[]): Verdicts {
  const verdictOf = members(...needed);
  return verdicts((role) => (verdictOf[role] === 'allowed' ? 'allowed' : '404u'));
}

/** Like `members`, but callers who are not active members are refused: the organization is named in the body and not in the path. */
export function membersInto(...needed: readonly Permission[]): Verdicts {
  return verdicts((role) => (strangers.includes(role) ? '403' : memberVerdict(role, needed)));
}

/** The owner of the organization alone; other active members are refused. */
export const ownerAlone = verdicts((role) =>
  role === 'owner' ? 'allowed' : strangers.includes(role) ? '404u' : '403',
);
/** Every active member but the owner. */
export const notOwner = verdicts((role) => (role === 'owner' ? '403' : strangers.includes(role) ? '404u' : 'allowed'));
/** Active members see it and still may not. */
export const membersNever = verdicts((role) => (strangers.includes(role) ? '404u' : '403'));
export const invitedAlone = verdicts((role) => (role === 'invited' ? 'allowed' : '404u'));
export const administrators = verdicts((role) => (role === 'administrator' ? 'allowed' : '403'));
/** Administrators are told that there is nothing, others that they may not ask. */
export const hiddenFromAdministrators = verdicts((role) => (role === 'administrator' ? '404u' : '403'));

/** A column of the table; one that makes no sense for the operation is `no`. */
type Column = Verdicts | undefined;
export const no = undefined;

/** A row of the table, with its columns in the order of `Row`; those at its end may be left out. */
export function row(access: Credential | Scope, ...columns: [Column, Column?, Column?, Column?]): Row {
  const [own, organization, foreign, gone] = columns;
  const credential = access === 'none' || access === 'sign-in' || typeof access === 'object' ? access : [access];
  return { credential, own, organization, foreign, gone };
}
