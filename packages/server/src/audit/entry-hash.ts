import { hash } from 'node:crypto';
import type { Schema } from '../kernel/db/schema.ts';

/** A row of the audit log. */
export type AuditRow = Schema['audit_log'];

/** The previous hash of the first entry. */
export const genesisHash = Buffer.alloc(32);

const label = 'gatehouse audit entry v1';
const nullLength = 0xff_ff_ff_ff;
const lengthBytes = 4;

/**
 * SHA-256 over every column of an entry but `hash` itself, each with its length in four bytes before it (docs/formats/audit.md), so that no two
 * entries have the same encoding.
 */
export function entryHash(row: Omit<AuditRow, 'hash'>): Buffer {
  const fields = [
    label,
    row.seq,
    row.timestamp,
    row.account_id,
    row.actor,
    row.via,
    row.ip_address,
    row.user_agent,
    row.organization_id,
    row.action,
    row.resource,
    row.resource_id,
    row.resource_name,
    row.outcome,
    row.details,
  ].map((field) => (field === null ? null : String(field)));
  const size = fields.reduce((sum, field) => sum + lengthBytes + (field === null ? 0 : Buffer.byteLength(field)), 0);
  const encoded = Buffer.allocUnsafe(size + lengthBytes + row.prev_hash.length);
  const end = fields.reduce((offset, field) => writeField(encoded, offset, field), 0);
  encoded.writeUInt32BE(row.prev_hash.length, end);
  row.prev_hash.copy(encoded, end + lengthBytes);
  return hash('sha256', encoded, 'buffer');
}

function writeField(encoded: Buffer, offset: number, field: string | null): number {
  if (field === null) return encoded.writeUInt32BE(nullLength, offset);
  const length = encoded.write(field, offset + lengthBytes);
  encoded.writeUInt32BE(length, offset);
  return offset + lengthBytes + length;
}
