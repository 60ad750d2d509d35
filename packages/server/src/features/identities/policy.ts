import type { IdentityCan } from '@gatehouse/contract/identities';
import type { Permission } from '@gatehouse/contract/permissions';
import { mayConfirm, mayLogInWith } from '../../access/uses.ts';
import { forbidden, notFound, type AppError, type Refusal } from '../../kernel/app-error.ts';
import { onceForEachOwner, ownerOf, type Owner } from '../../kernel/owner.ts';
import { may, sees, type Rights } from '../../kernel/rights.ts';

/** What a caller wants to do with an identity; the audited action without its resource. */
export type Intent = 'read' | 'use' | 'update' | 'delete' | 'move';

interface StoredOwner {
  readonly id: number;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

/** Returns an identity that exists and that the caller sees; otherwise throws the uniform `not_found`. */
export function requireVisible<T extends StoredOwner>(row: T | undefined, rights: Rights, intent: Intent): T {
  if (row === undefined) throw notFound();
  if (!sees(rights, ownerOf(row))) throw notFound(refusalOf(row, intent));
  return row;
}

/** A change of an identity that exists. */
type ChangeIntent = Extract<Intent, 'update' | 'delete' | 'move'>;

interface ChangeRule {
  /** The permission on the owner. */
  readonly permission: Permission;
  /** Whether the owner must be an account: shared identities cannot be moved. */
  readonly personal: boolean;
}

/** The rule of each change. */
const changeRules: Readonly<Record<ChangeIntent, ChangeRule>> = {
  update: { permission: 'identities.manage', personal: false },
  delete: { permission: 'identities.manage', personal: false },
  move: { permission: 'identities.manage', personal: true },
};

function changeOf(rights: Rights, owner: Owner, intent: ChangeIntent): 'allowed' | 'not-personal' | 'no-permission' {
  const { permission, personal } = changeRules[intent];
  if (personal && owner.type !== 'account') return 'not-personal';
  return may(rights, owner, permission) ? 'allowed' : 'no-permission';
}

/** Throws `forbidden` unless the caller may make this change of an identity that they see. */
export function requireChange(row: StoredOwner, rights: Rights, intent: ChangeIntent): void {
  switch (changeOf(rights, ownerOf(row), intent)) {
    case 'allowed':
      return;
    case 'not-personal':
      throw forbidden('identity_move_denied', refusalOf(row, intent));
    case 'no-permission':
      throw forbidden('identity_change_denied', refusalOf(row, intent));
  }
}

/** Whether the caller may create identities for this owner or move them to it. */
export function mayAdd(rights: Rights, owner: Owner): boolean {
  return may(rights, owner, 'identities.manage');
}

/** What the caller may do with the identities of each owner, by the same rules as the operations; decided once for each owner. */
export function canWith(rights: Rights): (owner: Owner) => IdentityCan {
  return onceForEachOwner((owner) => ({
    use: mayLogInWith(rights, owner),
    update: changeOf(rights, owner, 'update') === 'allowed',
    move: changeOf(rights, owner, 'move') === 'allowed',
    delete: changeOf(rights, owner, 'delete') === 'allowed',
    confirm: mayConfirm(rights, owner),
  }));
}

/**
 * Throws `forbidden` unless the caller is an active member of the organization and may manage identities there. A missing organization gets the same
 * answer; `exists` only decides whether the attempt is recorded.
 */
export function requireTarget(rights: Rights, organizationId: number, attempt: TargetRequest): void {
  const owner: Owner = { type: 'organization', id: organizationId };
  if (mayAdd(rights, owner)) return;
  const refusal: Refusal = {
    action: `identity.${attempt.intent}`,
    resource: attempt.identityId === null ? 'organization' : 'identity',
    resourceId: attempt.identityId ?? organizationId,
    organizationId,
  };
  throw sees(rights, owner)
    ? forbidden('identity_creation_denied', refusal)
    : notMember(attempt.exists ? refusal : undefined);
}

interface TargetRequest {
  readonly intent: 'create' | 'update' | 'move';
  /** Null for an identity that does not exist yet. */
  readonly identityId: number | null;
  /** Whether the organization exists. */
  readonly exists: boolean;
}

function notMember(refusal: Refusal | undefined): AppError {
  return forbidden('not_a_member', refusal && { ...refusal, hidden: true });
}

function refusalOf(row: StoredOwner, intent: Intent): Refusal {
  // Without the name: the caller can read their own refused attempts and must not learn it there.
  return {
    action: `identity.${intent}`,
    resource: 'identity',
    resourceId: row.id,
    organizationId: row.organization_id,
  };
}
