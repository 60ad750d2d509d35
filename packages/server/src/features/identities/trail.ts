import type { AuditAction, DetailsOf } from '@gatehouse/contract/audit-actions';
import type { AuditOutcome } from '@gatehouse/contract/audit-names';
import { actorOf } from '../../audit/actor.ts';
import type { AuditEvent } from '../../audit/record.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Owner } from '../../kernel/owner.ts';

/** What is recorded of identities. */
export type IdentityAction = Extract<AuditAction, `identity.${string}`>;

interface Deed<A extends IdentityAction, O extends AuditOutcome> {
  readonly action: A;
  readonly id: number;
  readonly name: string | null;
  readonly owner: Owner | undefined;
  readonly outcome: O;
  readonly details: DetailsOf<A, O>;
}

/** The audit entry of something done with an identity; personal ones are of no organization. */
export function identityEvent<A extends IdentityAction, O extends AuditOutcome>(
  caller: Caller,
  { action, id, name, owner, outcome, details }: Deed<A, O>,
): AuditEvent<A, O> {
  return {
    actor: actorOf(caller),
    action,
    resource: 'identity',
    resourceId: id,
    resourceName: name,
    organizationId: owner?.type === 'organization' ? owner.id : null,
    outcome,
    details,
  };
}
