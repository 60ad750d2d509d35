import { createPublicKey, verify } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import ssh2 from 'ssh2';
import type { HostCertificate } from '../protocol.ts';
import { certificateSuffix } from './algorithms.ts';
import { hostKeyFacts } from './host-key.ts';
import { LoginFailure } from './hints.ts';
import { requireVerifiable } from './key-size.ts';

/** A host key as a server presents it: plain, or certified by an authority. */
export interface ShownHostKey {
  /** The facts of the signing key, with or without a certificate. */
  readonly facts: HostKeyFacts;
  readonly certificate?: HostCertificate;
}

const hostType = 2;
/** Larger than any certificate that sshd uses; reading more would waste time. */
const maxBytes = 16 * 1024;
const maxPrincipals = 256;
/** `valid before` of a certificate without an end (PROTOCOL.certkeys). */
const forever = 0xffff_ffff_ffff_ffffn;

/** The fields of a public key after its name, as strings, by type (RFC 8709 section 4, RFC 5656 section 3.1). */
const keyParts: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
};

/** The signature algorithms of an authority: its own type, and for RSA only SHA-2 (RFC 8332). */
const digests: Readonly<Record<string, { readonly keyType: string; readonly digest: string | null }>> = {
  'ssh-ed25519': { keyType: 'ssh-ed25519', digest: null },
  'ecdsa-sha2-nistp256': { keyType: 'ecdsa-sha2-nistp256', digest: 'sha256' },
  'ecdsa-sha2-nistp384': { keyType: 'ecdsa-sha2-nistp384', digest: 'sha384' },
  'ecdsa-sha2-nistp521': { keyType: 'ecdsa-sha2-nistp521', digest: 'sha512' },
  'rsa-sha2-256': { keyType: 'ssh-rsa', digest: 'sha256' },
  'rsa-sha2-512': { keyType: 'ssh-rsa', digest: 'sha512' },
};

/**
 * Parses the presented key. For a certificate (PROTOCOL.certkeys of OpenSSH) the signature of its authority is verified here; the host-key check
 * decides whether the authority is trusted, for which hosts and until when. Throws `LoginFailure` for an invalid certificate.
 */
export function readHostKey(blob: Buffer): ShownHostKey {
  const name = blob.toString('latin1', 4, 4 + Math.min(blob.readUInt32BE(0), 64));
  if (!name.endsWith(certificateSuffix)) return { facts: hostKeyFacts(blob) };
  try {
    return readCertificate(blob, name.slice(0, -certificateSuffix.length));
  } catch (error) {
    if (error instanceof LoginFailure) throw error;
    throw new LoginFailure(
      {
        detail: say('host_certificate_invalid'),
        hint: say('host_certificate_hint'),
      },
      error,
    );
  }
}

function readCertificate(blob: Buffer, keyType: string): ShownHostKey {
  const parts = keyParts[keyType];
  if (parts === undefined || blob.length > maxBytes) throw new Error('not a certificate of a known type');
  const reader = new Reader(blob);
  reader.string();
  reader.string(); // nonce
  const key = Array.from({ length: parts }, () => reader.string());
  reader.uint64(); // serial
  if (reader.uint32() !== hostType) throw new Error('not a certificate of a host');
  const keyId = reader.string().toString('utf8');
  const principals = reader.strings(maxPrincipals).map((principal) => principal.toString('utf8'));
  const [validAfter, validBefore] = [reader.uint64(), reader.uint64()];
  // No critical option is defined for hosts, and an unknown one must not be ignored.
  if (reader.string().length > 0) throw new Error('a critical option that is not known');
  reader.string(); // extensions
  reader.string(); // reserved
  const authority = reader.string();
  const signed = blob.subarray(0, reader.position);
  const signature = reader.string();
  reader.end();
  if (!isSignedBy(authority, signed, signature)) throw new Error('not signed by its authority');
  const facts = hostKeyFacts(Buffer.concat([Buffer.from(keyType, 'latin1'), ...key].map(asString)));
  const certificate: HostCertificate = {
    authority: hostKeyFacts(authority),
    keyId,
    principals,
    validFromMs: Number(validAfter) * 1000,
    validUntilMs: validBefore === forever ? Infinity : Number(validBefore) * 1000,
  };
  return { facts, certificate };
}

function isSignedBy(authority: Buffer, data: Buffer, signature: Buffer): boolean {
  const reader = new Reader(signature);
  const scheme = digests[reader.string().toString('latin1')];
  const value = reader.string();
  reader.end();
  const { algorithm, publicKey } = hostKeyFacts(authority);
  if (scheme?.keyType !== algorithm) return false;
  requireVerifiable(authority);
  const parsed = ssh2.utils.parseKey(publicKey);
  if (parsed instanceof Error) throw parsed;
  const key = createPublicKey(parsed.getPublicPEM());
  if (!algorithm.startsWith('ecdsa-')) return verify(scheme.digest, data, key, value);
  const half = Math.ceil(
    (key.asymmetricKeyDetails?.namedCurve === 'secp521r1' ? 521 : Number(algorithm.slice(-3))) / 8,
  );
  return verify(scheme.digest, data, { key, dsaEncoding: 'ieee-p1363' }, fixedWidth(value, half));
}

/** The two integers of an ECDSA signature (RFC 5656 section 3.1.2) side by side, each of `width` bytes. */
function fixedWidth(signature: Buffer, width: number): Buffer {
  const reader = new Reader(signature);
  const numbers = [reader.string(), reader.string()].map((number) => {
    const digits = number.subarray(number.findIndex((byte) => byte !== 0));
    if (digits.length > width) throw new Error('a number that is too long');
    return Buffer.concat([Buffer.alloc(width - digits.length), digits]);
  });
  reader.end();
  return Buffer.concat(numbers);
}

function asString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads the data types of RFC 4251 section 5; throws if there are too few or too many bytes. */
class Reader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get position(): number {
    return this.#position;
  }

  uint32(): number {
    this.#position += 4;
    return this.#bytes.readUInt32BE(this.#position - 4);
  }

  uint64(): bigint {
    this.#position += 8;
    return this.#bytes.readBigUInt64BE(this.#position - 8);
  }

  string(): Buffer {
    const length = this.uint32();
    const start = this.#position;
    if (length > this.#bytes.length - start) throw new RangeError('a string that ends too early');
    this.#position = start + length;
    return this.#bytes.subarray(start, this.#position);
  }

  /** A string that contains strings. */
  strings(most: number): Buffer[] {
    const inner = new Reader(this.string());
    const found: Buffer[] = [];
    while (inner.#position < inner.#bytes.length) {
      if (found.length === most) throw new RangeError('too many');
      found.push(inner.string());
    }
    return found;
  }

  end(): void {
    if (this.#position !== this.#bytes.length) throw new RangeError('bytes after the end');
  }
}
