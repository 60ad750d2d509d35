import type { RefusableAction } from '@gatehouse/contract/audit-actions';
import type { Refusal } from '../kernel/app-error.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AuditRecord } from './record.ts';

const hidden = { hidden: true } as const;

/** The details of an attempt on something hidden; they hide the entry from its actor. */
export const hiddenDetails = canonicalJson(hidden);

/** The audit event of a refused attempt. */
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
