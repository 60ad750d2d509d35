import type { PlainCodeOf } from '@gatehouse/contract/messages/message';
import { hostKeyPolicySchema } from '@gatehouse/contract/entry-config';
import type { Organization } from '@gatehouse/contract/organizations';
import { permissions as allPermissions } from '@gatehouse/contract/permissions';
import { forbidden, notFound, type Refusal } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import type { MemberRights } from './policy.ts';
import {
  accountExists,
  findMembership,
  findOrganization,
  type MembershipRow,
  type OrganizationRow,
} from './repository.ts';
import { effectivePermissions, overridesSchema } from './rights.ts';
import { refusalOf, type MemberAction, type OrganizationRefusal } from './audit-events.ts';

/** An organization and the caller's rights in it. */
export interface OwnMembership extends MemberRights {
  readonly organization: OrganizationRow;
}

/** Throws `not_found` unless the caller is an active member; for an existing organization, the refused `action` is recorded. */
export async function requireMember(
  db: Db,
  caller: Caller,
  organizationId: number,
  action: OrganizationRefusal,
): Promise<OwnMembership> {
  const organization = await findOrganization(db, organizationId);
  if (organization === undefined) throw notFound();
  const membership = await findMembership(db, organizationId, caller.accountId);
  if (membership?.status !== 'active') throw notFound(refusalOf(organization, action));
  return { organization, ...memberRights(membership) };
}

/**
 * The refusal for an account that is neither a member nor invited: recorded if it exists. It belongs to no organization, because the caller could
 * learn from the organization's log which accounts exist.
 */
export async function outsiderRefusal(
  db: Db,
  accountId: number,
  action: MemberAction,
): Promise<Refusal<MemberAction> | undefined> {
  if (!(await accountExists(db, accountId))) return undefined;
  return { action, resource: 'account', resourceId: accountId, organizationId: null };
}

/** The rights of this membership once it is active. */
export function memberRights({ role, permissions }: Pick<MembershipRow, 'role' | 'permissions'>): MemberRights {
  return { role, permissions: effectivePermissions(role, parseOverrides(permissions)) };
}

/** The stored permission overrides. */
export function parseOverrides(text: string) {
  return overridesSchema.parse(JSON.parse(text));
}

/** Unless `allowed`, throws `forbidden` with the message of this code and has it recorded. */
export function requireAllowed(
  allowed: boolean,
  code: PlainCodeOf<'forbidden'>,
  { organization }: OwnMembership,
  action: OrganizationRefusal,
): void {
  if (!allowed) throw forbidden(code, refusalOf(organization, action));
}

/** An organization as the API shows it to a member with these rights. */
export function present(row: OrganizationRow, { role, permissions }: MemberRights): Organization {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    role,
    isOwner: role === 'owner',
    permissions: allPermissions.filter((permission) => permissions.has(permission)),
    defaultIdentityId: row.default_identity_id,
    hostKeyPolicy: hostKeyPolicySchema.nullable().parse(row.host_key_policy),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
