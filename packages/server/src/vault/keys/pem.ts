import { createHash } from 'node:crypto';
import { decodeBase64 } from './base64.ts';
import { decryptBlocks } from './decrypt.ts';
import { KeyFault, parseDecrypted, withContext } from './fault.ts';
import { startsWith } from './lines.ts';
import type { DecodedKey, KeyMaterial } from './material.ts';
import { readOpenSsh } from './openssh.ts';
import { decryptPkcs8 } from './pbes2.ts';
import { readPkcs1, readPkcs8, readSec1 } from './pkcs8.ts';
import type { Scratch } from './scratch.ts';

/** A block of textual encoding (RFC 7468), or of the older kind with headers (RFC 1421). */
interface PemBlock {
  readonly label: string;
  /** RFC 1421 headers by their names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

const begin = /^-----BEGIN ([A-Z0-9 ]{1,40})-----$/;
const longestBoundary = 60;

/** Ciphers of the DEK-Info header, without single DES and RC2, which OpenSSL has retired. */
const dekCiphers: ReadonlyMap<string, { name: string; keyBytes: number; ivBytes: number }> = new Map([
  ['AES-128-CBC', { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 }],
  ['AES-192-CBC', { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 }],
  ['AES-256-CBC', { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 }],
  ['DES-EDE3-CBC', { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 }],
]);

/** Whether a line begins a PEM block with a private key. */
export function hasPrivatePem(lines: readonly Buffer[]): boolean {
  return lines.some((line) => labelOf(line)?.endsWith('PRIVATE KEY'));
}

/** Reads the first private key of a PEM file; skips parameters and certificates. */
export function readPem(lines: readonly Buffer[], passphrase: Buffer | undefined, scratch: Scratch): DecodedKey {
  const { label, headers, body } = findPrivateBlock(lines, scratch);
  switch (label) {
    case 'OPENSSH PRIVATE KEY':
      return readOpenSsh(body, passphrase, scratch);
    case 'PRIVATE KEY':
      return plainKey(() => readPkcs8(body));
    case 'ENCRYPTED PRIVATE KEY':
      return encryptedKey(() => decryptPkcs8(body, passphrase, scratch), readPkcs8);
    case 'RSA PRIVATE KEY':
    case 'EC PRIVATE KEY': {
      const read = label === 'RSA PRIVATE KEY' ? readPkcs1 : (der: Buffer) => readSec1(der);
      const dek = headers.get('DEK-Info');
      if (dek === undefined) return plainKey(() => read(body));
      return encryptedKey(() => decryptLegacy(dek, body, passphrase, scratch), read);
    }
    case 'DSA PRIVATE KEY':
      throw new KeyFault('key_algorithm_unsupported', { encrypted: headers.has('DEK-Info') });
    default:
      throw new KeyFault('key_unreadable');
  }
}

function plainKey(read: () => KeyMaterial): DecodedKey {
  const material = withContext({ encrypted: false }, read);
  return { material, encrypted: false, comment: '', publicKey: undefined };
}

function encryptedKey(decrypt: () => Buffer, read: (der: Buffer) => KeyMaterial): DecodedKey {
  const material = withContext({ encrypted: true }, () => {
    const der = decrypt();
    return parseDecrypted(() => read(der));
  });
  return { material, encrypted: true, comment: '', publicKey: undefined };
}

function findPrivateBlock(lines: readonly Buffer[], scratch: Scratch): PemBlock {
  const first = lines.findIndex((line) => labelOf(line)?.endsWith('PRIVATE KEY'));
  const label = labelOf(lines[first] ?? Buffer.alloc(0));
  const last = lines.findIndex((line, index) => index > first && startsWith(line, '-----'));
  const end = lines[last];
  if (label === undefined || end?.toString('latin1') !== `-----END ${label}-----`) throw new KeyFault('key_unreadable');
  const content = lines.slice(first + 1, last);
  // RFC 1421 headers come before the body, and base64 has no colon.
  const isHeader = (line: Buffer): boolean => line.includes(':');
  const headers = new Map(content.filter(isHeader).map(readHeader));
  const body = content.filter((line) => !isHeader(line));
  return { label, headers, body: scratch.keep(decodeBase64(body)) };
}

function readHeader(line: Buffer): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.toString('latin1', 0, colon), line.toString('latin1', colon + 1).trim()];
}

function labelOf(line: Buffer): string | undefined {
  if (line.length > longestBoundary || !startsWith(line, '-----BEGIN ')) return undefined;
  return begin.exec(line.toString('latin1'))?.[1];
}

function decryptLegacy(dek: string, body: Buffer, passphrase: Buffer | undefined, scratch: Scratch): Buffer {
  const [name = '', hex = ''] = dek.split(',');
  const cipher = dekCiphers.get(name.trim());
  if (!cipher) throw new KeyFault('key_encryption_unsupported');
  const iv = Buffer.from(hex.trim(), 'hex');
  if (iv.length !== cipher.ivBytes) throw new KeyFault('key_unreadable');
  if (!passphrase) throw new KeyFault('key_locked');
  const key = deriveLegacyKey(passphrase, iv.subarray(0, 8), cipher.keyBytes, scratch);
  return decryptBlocks({ cipher: cipher.name, key, iv, ciphertext: body }, scratch);
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round, which this format prescribes. */
function deriveLegacyKey(passphrase: Buffer, salt: Buffer, keyBytes: number, scratch: Scratch): Buffer {
  let previous = Buffer.alloc(0);
  let key = Buffer.alloc(0);
  while (key.length < keyBytes) {
    previous = scratch.keep(createHash('md5').update(previous).update(passphrase).update(salt).digest());
    key = scratch.keep(Buffer.concat([key, previous]));
  }
  return key.subarray(0, keyBytes);
}
