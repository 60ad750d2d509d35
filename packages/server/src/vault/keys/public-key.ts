import { createHash } from 'node:crypto';
import { findCurveOf } from './curves.ts';
import { KeyFault } from './fault.ts';
import type { KeyFacts } from './inspection.ts';
import { bitLength, isOdd } from './integers.ts';
import { maxCommentLength, maxRsaBits, maxRsaExponentBytes } from './limits.ts';
import { readWire } from './wire.ts';
import type { WireReader } from './wire.ts';

const ed25519Bytes = 32;
const uncompressedPoint = 0x04;

/** Describes a public key in SSH wire format. Throws `KeyFault` if it is malformed or its algorithm is not supported. */
export function describePublicKey(publicKey: Buffer, comment: string): KeyFacts {
  const reader = readWire(publicKey);
  const algorithm = reader.text();
  const bits = readBits(algorithm, reader);
  reader.end();
  const digest = createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '');
  const shown = cleanComment(comment);
  const line = `${algorithm} ${publicKey.toString('base64')}`;
  return { algorithm, bits, fingerprint: `SHA256:${digest}`, publicKey: shown === '' ? line : `${line} ${shown}` };
}

function readBits(algorithm: string, reader: WireReader): number {
  if (algorithm === 'ssh-ed25519') {
    if (reader.string().length !== ed25519Bytes) throw new KeyFault('key_unreadable');
    return 256;
  }
  if (algorithm === 'ssh-rsa') return readRsaBits(reader);
  const curve = findCurveOf(algorithm);
  if (!curve) throw new KeyFault(looksLikeAlgorithm(algorithm) ? 'key_algorithm_unsupported' : 'key_unreadable');
  const name = reader.text();
  const point = reader.string();
  const fits = name === curve.sshName && point.length === 1 + 2 * curve.bytes && point[0] === uncompressedPoint;
  if (!fits) throw new KeyFault('key_unreadable');
  return curve.bits;
}

function readRsaBits(reader: WireReader): number {
  const exponent = reader.mpint();
  const modulus = reader.mpint();
  const bits = bitLength(modulus);
  const plausible = exponent.length <= maxRsaExponentBytes && isOdd(exponent) && isOdd(modulus) && bits <= maxRsaBits;
  if (!plausible) throw new KeyFault('key_unreadable');
  return bits;
}

/** Distinguishes an unknown algorithm from noise: RFC 4251 section 6 names are printable US-ASCII of at most 64 characters. */
function looksLikeAlgorithm(name: string): boolean {
  return /^(ssh-|sk-|ecdsa-|x509v3-)[\x21-\x7e]{1,60}$/.test(name);
}

/** A comment comes from an untrusted file, and is shown on one line. */
export function cleanComment(comment: string): string {
  return comment
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, maxCommentLength)
    .toWellFormed();
}
