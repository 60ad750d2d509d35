import { resourceOf, type AuditAction, type DetailsOf, type RefusableAction } from '@gatehouse/contract/audit-actions';
import type { UnitOfWork } from '../../change/change.ts';
import type { Refusal } from '../../kernel/app-error.ts';
import type { OrganizationRow } from './repository.ts';

/** The audited actions on organizations. */
type OrganizationAction = Extract<AuditAction, `organization.${string}`>;
/** The actions on organizations whose refusal is recorded. */
export type OrganizationRefusal = Extract<RefusableAction, OrganizationAction>;

/** Those that name an account, which may be outside the organization. */
export type MemberAction =
  | 'organization.member_remove'
  | 'organization.owner_change'
  | 'organization.permissions_change'
  | 'organization.permissions_read';

type Named = Pick<OrganizationRow, 'id' | 'name'>;

/** A refused action on an organization, for the audit log. */
export function refusalOf<A extends OrganizationRefusal>({ id, name }: Named, action: A): Refusal<A> {
  return { action, resource: resourceOf(action), resourceId: id, resourceName: name, organizationId: id };
}

/** Records an action on an organization. */
export async function recordChange<A extends OrganizationAction>(
  { record }: UnitOfWork,
  { id, name }: Named,
  { action, details }: { readonly action: A; readonly details: DetailsOf<A, 'ok'> },
): Promise<void> {
  await record({
    action,
    resource: resourceOf(action),
    resourceId: id,
    resourceName: name,
    organizationId: id,
    outcome: 'ok',
    details,
  });
}
