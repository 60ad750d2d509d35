import type { IdentityType } from '@gatehouse/contract/identities';
import { forbidden, notFound, type AppError, type Refusal } from '../../kernel/app-error.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';
import { may, sees, type Rights } from '../../kernel/rights.ts';

/** The secrets that an identity of each type has a place for. */
export const places: Readonly<Record<IdentityType, readonly SecretField[]>> = {
  password: ['password'],
  ssh: ['sshKey', 'passphrase'],
  both: ['password', 'sshKey', 'passphrase'],
  'password-only': ['password'],
};

/** What a caller wants of an identity; the name of the audited action without its resource. */
export type Intent = 'read' | 'use' | 'update' | 'delete' | 'move';

interface StoredOwner {
  readonly id: number;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

/** Returns an identity that exists and that the caller sees; throws the one `not_found` for every other. */
export function requireVisible<T extends StoredOwner>(row: T | undefined, rights: Rights, intent: Intent): T {
  if (row === undefined) throw notFound();
  if (!sees(rights, ownerOf(row))) throw notFound(refusalOf(row, intent));
  return row;
}

/** Throws `forbidden` unless the caller may change what he sees. */
export function requireManage(row: StoredOwner, rights: Rights, intent: Intent): void {
  if (!may(rights, ownerOf(row), 'identities.manage'))
    throw forbidden('You may use the identities of this organization, not change them.', refusalOf(row, intent));
}

/** Throws `forbidden` unless the identity is personal: one that was shared belongs to more than its first owner. */
export function requirePersonal(row: StoredOwner): void {
  if (row.organization_id !== null)
    throw forbidden('Only the owner of a personal identity can move it.', refusalOf(row, 'move'));
}

/**
 * Throws `forbidden` unless the caller is an active member of the organization and may manage identities there. An organization that does not
 * exist gets the same answer; `exists` only decides whether there is something to record.
 */
export function requireTarget(rights: Rights, organizationId: number, attempt: Attempt): void {
  const owner: Owner = { type: 'organization', id: organizationId };
  if (may(rights, owner, 'identities.manage')) return;
  const refusal: Refusal = {
    action: `identity.${attempt.intent}`,
    resource: attempt.identityId === null ? 'organization' : 'identity',
    resourceId: attempt.identityId ?? organizationId,
    organizationId,
  };
  throw sees(rights, owner)
    ? forbidden('You may use the identities of this organization, not add to them.', refusal)
    : notMember(attempt.exists ? refusal : undefined);
}

interface Attempt {
  readonly intent: 'create' | 'update' | 'move';
  /** Null for one that does not exist yet. */
  readonly identityId: number | null;
  /** Whether there is such an organization. */
  readonly exists: boolean;
}

function notMember(refusal: Refusal | undefined): AppError {
  return forbidden('You are not an active member of such an organization.', refusal && { ...refusal, hidden: true });
}

function refusalOf(row: StoredOwner, intent: Intent): Refusal {
  // Without the name: whoever reads of his own refused attempts must not learn it there.
  return {
    action: `identity.${intent}`,
    resource: 'identity',
    resourceId: row.id,
    organizationId: row.organization_id,
  };
}
