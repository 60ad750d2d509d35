import type { AuditAction, DetailsOf } from '@gatehouse/contract/audit-actions';
import type { AuditOutcome } from '@gatehouse/contract/audit-names';
import type { AuditRecord } from '../../audit/record.ts';
import type { Owner } from '../../kernel/owner.ts';

/** The audited actions on identities. */
export type IdentityAction = Extract<AuditAction, `identity.${string}`>;

interface IdentityEvent<A extends IdentityAction, O extends AuditOutcome> {
  readonly action: A;
  readonly id: number;
  readonly name: string | null;
  readonly owner: Owner | undefined;
  readonly outcome: O;
  readonly details: DetailsOf<A, O>;
}

/** The audit event of an action on an identity; personal ones have no organization. */
export function identityRecord<A extends IdentityAction, O extends AuditOutcome>({
  action,
  id,
  name,
  owner,
  outcome,
  details,
}: IdentityEvent<A, O>): AuditRecord<A, O> {
  return {
    action,
    resource: 'identity',
    resourceId: id,
    resourceName: name,
    organizationId: owner?.type === 'organization' ? owner.id : null,
    outcome,
    details,
  };
}
