import { createHash, generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { SigningKey } from '../../src/vault/keys/signing-key.ts';

export type KeyKind = 'ed25519' | 'rsa' | 'P-256' | 'P-384' | 'P-521';

/** A key pair for a test. It may be opened any number of times; `open` counts the handles that were not given back. */
export interface TestKey {
  readonly authorizedKey: string;
  readonly fingerprint: string;
  readonly handles: { opened: number; disposed: number };
  open(): SigningKey;
}

export function makeKey(kind: KeyKind): TestKey {
  const { privateKey, publicKey } = generate(kind);
  const { algorithm, blob } = wireFormat(kind, publicKey.export({ format: 'jwk' }));
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  const handles = { opened: 0, disposed: 0 };
  return {
    authorizedKey: `${algorithm} ${blob.toString('base64')}`,
    fingerprint,
    handles,
    open() {
      handles.opened += 1;
      return {
        algorithm,
        publicKey: blob,
        fingerprint,
        sign: async (data, hash) => {
          await Promise.resolve(); // as asynchronous as a real one
          return kind.startsWith('P-') ? ecdsa(privateKey, data, hash) : sign(hash, data, privateKey);
        },
        [Symbol.dispose]() {
          handles.disposed += 1;
        },
      };
    },
  };
}

function generate(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  if (kind === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: kind });
}

function wireFormat(kind: KeyKind, { x = '', y = '', n = '', e = '' }: JsonWebKey) {
  if (kind === 'ed25519') return named('ssh-ed25519', base64(x));
  if (kind === 'rsa') return named('ssh-rsa', mpint(base64(e)), mpint(base64(n)));
  const curve = `nistp${kind.slice(2)}`;
  const point = Buffer.concat([Buffer.of(4), base64(x), base64(y)]);
  return named(`ecdsa-sha2-${curve}`, Buffer.from(curve), point);
}

function named(algorithm: string, ...parts: Buffer[]) {
  return { algorithm, blob: Buffer.concat([Buffer.from(algorithm), ...parts].map(string)) };
}

function ecdsa(key: KeyObject, data: Buffer, hash: string | undefined): Buffer {
  const both = sign(hash, data, { key, dsaEncoding: 'ieee-p1363' });
  const half = both.length / 2;
  return Buffer.concat([both.subarray(0, half), both.subarray(half)].map((number) => string(mpint(number))));
}

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

/** RFC 4251 section 5. */
function string(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** RFC 4251 section 5: no needless zeros, and one in front of a number that would look negative. */
function mpint(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(start === -1 ? bytes.length : start);
  return (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
}
