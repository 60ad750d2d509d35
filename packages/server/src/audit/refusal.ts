import type { RefusableAction } from '@gatehouse/contract/audit-actions';
import type { Refusal } from '../kernel/app-error.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AuditRecord } from './record.ts';

const hidden = { hidden: true } as const;

/** What the details of an attempt on something hidden read, by which it is kept from the actor. */
export const hiddenDetails = canonicalJson(hidden);

/** What is recorded of a refused attempt. */
export function refusalRecord(refusal: Refusal): AuditRecord<RefusableAction, 'denied'> {
  const { action, resource, resourceId, resourceName, organizationId } = refusal;
  return {
    action,
    resource,
    resourceId,
    resourceName: resourceName ?? null,
    organizationId,
    outcome: 'denied',
    details: refusal.hidden === true ? hidden : {},
  };
}
