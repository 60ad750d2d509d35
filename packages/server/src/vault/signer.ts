import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { consume, Secret } from './secret.ts';

/** Signs with an Ed25519 key (RFC 8032) that stays in the vault. */
export interface Signer {
  /** 32 bytes, as RFC 8032 section 5.1.2 encodes them. */
  readonly publicKey: Buffer;
  /** 64 bytes. */
  sign(data: Buffer): Buffer;
}

/** A new Ed25519 private key as PKCS#8 DER (RFC 8410). */
export function generateSigningKey(): Secret {
  return Secret.takeBytes(generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }));
}

/** A signer with what `generateSigningKey` made. Destroys `pkcs8`. */
export function createSigner(pkcs8: Secret): Signer {
  const key = consume(pkcs8, (der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('the signing key is not an Ed25519 key');
  return { publicKey: Buffer.from(x, 'base64url'), sign: (data) => sign(null, data, key) };
}
