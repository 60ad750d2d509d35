import type { AuditRow } from './entry-hash.ts';

/**
 * C1 controls, line separators and directional marks: JSON allows them unescaped, but terminals and editors act on them. JSON escapes C0 controls
 * itself.
 */
const unsafeCharacters = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One entry as one line of JSON without its newline. It contains everything that the hash covers, so the export can be verified. */
export function exportLine(row: AuditRow): string {
  const entry = {
    seq: row.seq,
    timestamp: row.timestamp,
    accountId: row.account_id,
    actor: row.actor,
    via: row.via,
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
    organizationId: row.organization_id,
    action: row.action,
    resource: row.resource,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    outcome: row.outcome,
    details: parseDetails(row.details),
    prevHash: row.prev_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  };
  return JSON.stringify(entry).replace(unsafeCharacters, escapeCharacter);
}

/** The details of an entry, or their text if it was changed to something that is not JSON; `verifyChain` reports that. */
export function parseDetails(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
