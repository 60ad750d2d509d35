import type { AuditEntry } from '@gatehouse/contract/audit';
import { parseDetails } from '../../audit/export-line.ts';
import type { AuditRow } from './repository.ts';

/** An entry as the API shows it. */
export function presentEntry(row: AuditRow): AuditEntry {
  return {
    id: row.seq,
    seq: row.seq,
    accountId: row.account_id,
    actor: row.actor,
    organizationId: row.organization_id,
    action: row.action,
    resource: row.resource,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    outcome: row.outcome,
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
    timestamp: row.timestamp,
    details: parseDetails(row.details),
    hash: row.hash.toString('hex'),
  };
}
