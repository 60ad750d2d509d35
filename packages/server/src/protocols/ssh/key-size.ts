import { say } from '@gatehouse/contract/messages/message';
import { LoginFailure } from './hints.ts';

/** OpenSSL verifies no RSA signature of a larger key, and OpenSSH makes none. */
const maxRsaBits = 16_384;
/** Real keys use 65537. Up to this size, a signature of the largest key is verified within 5 ms. */
const maxRsaExponentBits = 64;

/**
 * Refuses a public key (RFC 4253 section 6.6) whose signatures would block the event loop, before one is verified. Keys of other types have a fixed
 * size. Throws `LoginFailure`.
 */
export function requireVerifiable(blob: Buffer): void {
  const [type = Buffer.alloc(0), exponent, modulus] = strings(blob, 3);
  if (type.toString('latin1') !== 'ssh-rsa' || exponent === undefined || modulus === undefined) return;
  const bits = bitsOf(modulus);
  if (bits <= maxRsaBits && bitsOf(exponent) <= maxRsaExponentBits) return;
  throw new LoginFailure({
    detail: say('rsa_key_too_large', { bits, exponent: bitsOf(exponent) }),
    hint: say('rsa_key_hint', { bits: maxRsaBits, exponent: maxRsaExponentBits }),
  });
}

/** The first `count` strings, as far as they are complete (RFC 4251 section 5). */
function strings(blob: Buffer, count: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  while (found.length < count && at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) break;
    found.push(blob.subarray(at + 4, end));
    at = end;
  }
  return found;
}

function bitsOf(integer: Buffer): number {
  const first = integer.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (integer.length - first) * 8 - Math.clz32(integer[first] ?? 0) + 24;
}
