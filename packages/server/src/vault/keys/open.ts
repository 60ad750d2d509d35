import { say } from '@gatehouse/contract/messages/message';
import { sign } from 'node:crypto';
import type { SignPrivateKeyInput } from 'node:crypto';
import { refuse } from '../../kernel/app-error.ts';
import type { Secret } from '../secret.ts';
import { findCurveOf } from './curves.ts';
import type { KeyFacts } from './inspection.ts';
import type { SignatureHash, SigningKey } from './signing-key.ts';
import { submitRead } from './submit.ts';
import { packWire } from './wire.ts';

/**
 * Opens a private key for signing; the caller disposes it. Throws `AppError` `credential_required` if the key is damaged, of an unsupported kind, or
 * its passphrase is missing or wrong, and `unavailable` if too many keys are being read. The caller keeps the secrets; `accountId` is the account
 * that the work is for.
 */
export async function openSigningKey(
  key: Secret,
  passphrase: Secret | undefined,
  accountId?: number,
): Promise<SigningKey> {
  const { inspection, key: opened } = await submitRead(key, passphrase, { wantsKey: true, accountId });
  if (inspection.status !== 'ready' || !opened) {
    const reasons = inspection.findings.map(({ finding }) => say(finding));
    throw refuse('key_unusable', { reasons });
  }
  return signingKey(Buffer.from(opened.pkcs8.buffer), inspection.facts, Buffer.from(opened.publicKey.buffer));
}

/** Takes over the PKCS#8 DER. A key object of Node.js would keep the key until garbage collection, which may never happen. */
function signingKey(der: Buffer, { algorithm, fingerprint }: KeyFacts, publicKey: Buffer): SigningKey {
  let isDisposed = false;
  return {
    algorithm,
    publicKey,
    fingerprint,
    async sign(data, hash) {
      if (isDisposed) throw new Error('the signing key was disposed');
      if (!hashesOf(algorithm).includes(hash)) throw new Error(`${algorithm} does not sign with ${hash ?? 'no hash'}`);
      const signature = await signOffLoop(data, hash, {
        key: der,
        format: 'der',
        type: 'pkcs8',
        dsaEncoding: 'ieee-p1363',
      });
      return findCurveOf(algorithm) ? asTwoMpints(signature) : signature;
    },
    [Symbol.dispose]() {
      isDisposed = true;
      der.fill(0);
    },
  };
}

/** The hashes of RFC 8332 section 3 and, for servers that know nothing newer, RFC 4253 section 6.6; RFC 5656 section 6.2.1; RFC 8709. */
function hashesOf(algorithm: string): readonly SignatureHash[] {
  if (algorithm === 'ssh-rsa') return ['sha256', 'sha512', 'sha1'];
  return [findCurveOf(algorithm)?.hash];
}

/** The key is read before this returns, and overwritten by OpenSSL when the signature is made. */
function signOffLoop(data: Buffer, hash: SignatureHash, key: SignPrivateKeyInput): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign(hash, data, key, (error, signature) => {
      if (error) reject(error);
      else resolve(signature);
    });
  });
}

function asTwoMpints(signature: Buffer): Buffer {
  const half = signature.length / 2;
  return packWire([{ mpint: signature.subarray(0, half) }, { mpint: signature.subarray(half) }]);
}
