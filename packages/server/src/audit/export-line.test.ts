import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { entryHash, genesisHash, type AuditRow } from './entry-hash.ts';
import { exportLine } from './export-line.ts';

/** That of docs/formats/audit.md. */
const entry = {
  seq: 1,
  timestamp: '2026-01-02T03:04:05.678Z',
  account_id: 7,
  actor: 'alice',
  via: 'session',
  ip_address: '192.0.2.1',
  user_agent: 'curl/8.5.0',
  organization_id: null,
  action: 'identity.create',
  resource: 'identity',
  resource_id: 3,
  resource_name: 'Schlüssel',
  outcome: 'ok',
  details: '{"secretVersions":{"sshKey":1}}',
  prev_hash: genesisHash,
};

const lineSchema = z.strictObject({
  seq: z.number(),
  timestamp: z.string(),
  accountId: z.number().nullable(),
  actor: z.string(),
  via: z.string(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  organizationId: z.number().nullable(),
  action: z.string(),
  resource: z.string(),
  resourceId: z.number().nullable(),
  resourceName: z.string().nullable(),
  outcome: z.string(),
  details: z.json(),
  prevHash: z.string(),
  hash: z.string(),
});

const hashed = (row: Omit<AuditRow, 'hash'>): AuditRow => ({ ...row, hash: entryHash(row) });

describe('the hash of an entry', () => {
  it('is what docs/formats/audit.md says', () => {
    expect(entryHash(entry).toString('hex')).toBe('9fd4be069055e6fa0a1696116a5d87cb1811e0ee97a3824cb44ee77e32530c4e');
  });
});

describe('an exported line', () => {
  it('has everything that the hash covers', () => {
    const row = hashed(entry);
    const line = lineSchema.parse(JSON.parse(exportLine(row)));
    const again = {
      seq: line.seq,
      timestamp: line.timestamp,
      account_id: line.accountId,
      actor: line.actor,
      via: line.via,
      ip_address: line.ipAddress,
      user_agent: line.userAgent,
      organization_id: line.organizationId,
      action: line.action,
      resource: line.resource,
      resource_id: line.resourceId,
      resource_name: line.resourceName,
      outcome: line.outcome,
      details: canonicalJson(line.details),
      prev_hash: Buffer.from(line.prevHash, 'hex'),
    };
    expect(entryHash(again).toString('hex')).toBe(line.hash);
  });

  it.each(['x\r\n{"seq":2}', '\u001b[2K\u001b[1A', '\u009b2J', '\u2028', '\u202e', '\u007f', '\u0000'])(
    'is one line of plain text whatever a client calls itself',
    (hostile) => {
      const row = { ...hashed(entry), actor: hostile, user_agent: hostile, resource_name: hostile, details: hostile };
      const line = exportLine(row);
      expect(line).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
      expect(JSON.parse(line)).toMatchObject({ actor: hostile, userAgent: hostile, details: hostile });
    },
  );
});
