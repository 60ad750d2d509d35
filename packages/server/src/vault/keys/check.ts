import { createPrivateKey, createPublicKey, ECDH, sign, verify } from 'node:crypto';
import { allocateSecretBytes } from '../secret-bytes.ts';
import { algorithmOf } from './curves.ts';
import { KeyFault } from './fault.ts';
import { bitLength, decrement, isOdd, isOne, modulo, multiply } from './integers.ts';
import { maxRsaBits, maxRsaExponentBytes } from './limits.ts';
import type { EcdsaMaterial, Ed25519Material, KeyMaterial, RsaMaterial } from './material.ts';
import { packEcdsa, packEd25519, packRsa } from './pkcs8.ts';
import type { Scratch } from './scratch.ts';
import { packWire, withoutLeadingZeros } from './wire.ts';

/** A private key whose halves match. */
export interface CheckedKey {
  /** The private key as PKCS#8 DER, kept in the scratch. */
  readonly pkcs8: Buffer;
  /** The public key in SSH wire format. */
  readonly publicKey: Buffer;
}

const trial = Buffer.from('a key that does not sign this is no key');

/**
 * Derives the public half from the private one and compares whatever the file contains twice. Throws `key_unreadable` if they differ: a damaged key
 * must not be accepted as another key.
 */
export function checkKey(material: KeyMaterial, scratch: Scratch): CheckedKey {
  switch (material.kind) {
    case 'rsa':
      return checkRsa(material, scratch);
    case 'ecdsa':
      return checkEcdsa(material, scratch);
    case 'ed25519':
      return checkEd25519(material, scratch);
  }
}

function checkRsa(material: RsaMaterial, scratch: Scratch): CheckedKey {
  const { n, e, d, p, q, coefficient } = material;
  // Bounds first: the cost of the following is the product of the lengths.
  insist(bitLength(n) <= maxRsaBits && e.length <= maxRsaExponentBytes);
  insist([d, p, q].every((part) => part.length <= n.length) && coefficient.length <= p.length);
  insist([n, e, p, q].every(isOdd) && ![e, p, q].some(isOne));
  insist(multiply(p, q, scratch).equals(n));
  insist(isOne(modulo(multiply(coefficient, q, scratch), p, scratch)));
  const exponentModulo = (prime: Buffer): Buffer => {
    const order = decrement(prime, scratch);
    const exponent = modulo(d, order, scratch);
    insist(isOne(modulo(multiply(exponent, e, scratch), order, scratch)));
    return exponent;
  };
  const pkcs8 = packRsa({ ...material, dP: exponentModulo(p), dQ: exponentModulo(q) }, scratch);
  loadAndTry(pkcs8, 'sha256');
  return { pkcs8, publicKey: packWire([{ string: 'ssh-rsa' }, { mpint: e }, { mpint: n }]) };
}

function checkEcdsa({ curve, scalar, point }: EcdsaMaterial, scratch: Scratch): CheckedKey {
  const digits = withoutLeadingZeros(scalar);
  insist(digits.length > 0 && digits.length <= curve.bytes);
  const padded = scratch.keep(allocateSecretBytes(curve.bytes));
  digits.copy(padded, curve.bytes - digits.length);
  const pkcs8 = packEcdsa(curve, padded, scratch);
  // The subject public key ends the SPKI structure (RFC 5480 section 2).
  const derived = loadAndTry(pkcs8, curve.hash).subarray(-(1 + 2 * curve.bytes));
  insist(point === undefined || uncompressed(point, curve.opensslName).equals(derived));
  const publicKey = packWire([{ string: algorithmOf(curve) }, { string: curve.sshName }, { string: derived }]);
  return { pkcs8, publicKey };
}

function checkEd25519({ seed, point }: Ed25519Material, scratch: Scratch): CheckedKey {
  insist(seed.length === 32);
  const pkcs8 = packEd25519(seed, scratch);
  const derived = loadAndTry(pkcs8, undefined).subarray(-32);
  insist(point === undefined || point.equals(derived));
  return { pkcs8, publicKey: packWire([{ string: 'ssh-ed25519' }, { string: derived }]) };
}

/** Loads the key in OpenSSL and signs with it once. Returns the public half as SPKI DER, derived from the private one. */
function loadAndTry(pkcs8: Buffer, hash: string | undefined): Buffer {
  try {
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const publicKey = createPublicKey(privateKey);
    insist(verify(hash, trial, publicKey, sign(hash, trial, privateKey)));
    return publicKey.export({ format: 'der', type: 'spki' });
  } catch {
    // OpenSSL's messages about a private key are not passed on.
    throw new KeyFault('key_unreadable');
  }
}

function uncompressed(point: Buffer, curveName: string): Buffer {
  try {
    const converted = ECDH.convertKey(point, curveName, undefined, undefined, 'uncompressed');
    return Buffer.isBuffer(converted) ? converted : Buffer.from(converted, 'latin1');
  } catch {
    throw new KeyFault('key_unreadable');
  }
}

function insist(claim: boolean): void {
  if (!claim) throw new KeyFault('key_unreadable');
}
