import { createHash, randomBytes } from 'node:crypto';
import type { HostKeyFacts } from '@gatehouse/contract/problem';

/** A well-formed Ed25519 host key of no server. */
export function hostKey(): HostKeyFacts {
  const algorithm = 'ssh-ed25519';
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([part(Buffer.from(algorithm)), part(randomBytes(32))]);
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { algorithm, fingerprint: `SHA256:${digest}`, publicKey: `${algorithm} ${blob.toString('base64')}` };
}
