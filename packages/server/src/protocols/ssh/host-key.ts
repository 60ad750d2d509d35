import { createHash } from 'node:crypto';
import type { HostKeyFacts } from '@gatehouse/contract/problem';

/** Describes a public key blob (RFC 4253 section 6.6) as a person compares it. */
export function hostKeyFacts(blob: Buffer): HostKeyFacts {
  const algorithm = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { algorithm, fingerprint: `SHA256:${digest}`, publicKey: `${algorithm} ${blob.toString('base64')}` };
}
