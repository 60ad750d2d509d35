import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { decryptBlocks } from './decrypt.ts';
import { readDer, tag } from './der.ts';
import type { DerReader } from './der.ts';
import { KeyFault } from './fault.ts';
import { maxPbkdf2Iterations, maxScryptBytes, maxScryptLanes } from './limits.ts';
import type { Scratch } from './scratch.ts';

const pbes2Oid = '2a864886f70d01050d';
const pbkdf2Oid = '2a864886f70d01050c';
const scryptOid = '2b06010401da47040b';
const hmacSha1Oid = '2a864886f70d0207';

/** Pseudo-random functions of PBKDF2 (RFC 8018 appendix B.1). */
const digests: ReadonlyMap<string, string> = new Map([
  [hmacSha1Oid, 'sha1'],
  ['2a864886f70d0208', 'sha224'],
  ['2a864886f70d0209', 'sha256'],
  ['2a864886f70d020a', 'sha384'],
  ['2a864886f70d020b', 'sha512'],
]);

/** Ciphers of PBES2 (RFC 8018 appendix B.2), without DES and RC2. */
const ciphers: ReadonlyMap<string, { name: string; keyBytes: number; ivBytes: number }> = new Map([
  ['2a864886f70d0307', { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 }],
  ['608648016503040102', { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 }],
  ['608648016503040116', { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 }],
  ['60864801650304012a', { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 }],
]);

type Derive = (passphrase: Buffer, keyBytes: number) => Buffer;

/**
 * Decrypts an encrypted PKCS#8 key (RFC 5958 section 3 with PBES2 of RFC 8018, PBKDF2 or scrypt). The cost is checked before anything is derived,
 * from the same bytes that the derivation then uses.
 */
export function decryptPkcs8(der: Buffer, passphrase: Buffer | undefined, scratch: Scratch): Buffer {
  const outer = readDer(der);
  const encrypted = outer.sequence();
  outer.end();
  const algorithm = encrypted.sequence();
  const ciphertext = encrypted.body(tag.octetString);
  encrypted.end();
  if (algorithm.oid() !== pbes2Oid) throw new KeyFault('key_encryption_unsupported');
  const parameters = algorithm.sequence();
  const derive = readKdf(parameters.sequence());
  const scheme = parameters.sequence();
  const cipher = ciphers.get(scheme.oid());
  if (!cipher) throw new KeyFault('key_encryption_unsupported');
  const iv = scheme.body(tag.octetString);
  if (iv.length !== cipher.ivBytes) throw new KeyFault('key_unreadable');
  if (!passphrase) throw new KeyFault('key_locked');
  const key = scratch.keep(derive(passphrase, cipher.keyBytes));
  return decryptBlocks({ cipher: cipher.name, key, iv, ciphertext }, scratch);
}

function readKdf(kdf: DerReader): Derive {
  const oid = kdf.oid();
  const parameters = kdf.sequence();
  if (oid === pbkdf2Oid) return readPbkdf2(parameters);
  if (oid === scryptOid) return readScrypt(parameters);
  throw new KeyFault('key_encryption_unsupported');
}

function readPbkdf2(parameters: DerReader): Derive {
  const salt = parameters.body(tag.octetString);
  const iterations = parameters.count();
  if (parameters.peek() === tag.integer) parameters.count();
  const digest = digests.get(parameters.peek() === tag.sequence ? parameters.sequence().oid() : hmacSha1Oid);
  if (digest === undefined) throw new KeyFault('key_encryption_unsupported');
  if (iterations < 1) throw new KeyFault('key_unreadable');
  if (iterations > maxPbkdf2Iterations) throw new KeyFault('key_kdf_too_expensive');
  return (passphrase, keyBytes) => pbkdf2Sync(passphrase, salt, iterations, keyBytes, digest);
}

/** RFC 7914 section 7. */
function readScrypt(parameters: DerReader): Derive {
  const salt = parameters.body(tag.octetString);
  const [N, r, p] = [parameters.count(), parameters.count(), parameters.count()];
  const memory = 128 * N * r;
  if (memory > maxScryptBytes || p > maxScryptLanes) throw new KeyFault('key_kdf_too_expensive');
  const powerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (!powerOfTwo || r < 1 || p < 1) throw new KeyFault('key_unreadable');
  // OpenSSL needs some working memory beyond the table.
  return (passphrase, keyBytes) => scryptSync(passphrase, salt, keyBytes, { N, r, p, maxmem: 2 * maxScryptBytes });
}
