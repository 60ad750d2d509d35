import { actorOf } from '../../audit/actor.ts';
import type { AuditEvent } from '../../audit/record.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Owner } from '../../kernel/owner.ts';

interface Deed {
  readonly action: 'create' | 'update' | 'delete' | 'move' | 'use' | 'credentials_access';
  readonly id: number;
  readonly name: string | null;
  readonly owner: Owner | undefined;
  readonly details: AuditEvent['details'];
  readonly outcome?: 'ok' | 'failed';
}

/** The audit entry of something done with an identity; personal ones are of no organization. */
export function identityEvent(caller: Caller, { action, id, name, owner, details, outcome = 'ok' }: Deed): AuditEvent {
  return {
    actor: actorOf(caller),
    action: `identity.${action}`,
    resource: 'identity',
    resourceId: id,
    resourceName: name,
    organizationId: owner?.type === 'organization' ? owner.id : null,
    outcome,
    details,
  };
}
