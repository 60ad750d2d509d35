import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { hashRawSync } from '@node-rs/argon2';
import { decodeBase64 } from './base64.ts';
import { findCurveOf } from './curves.ts';
import { describePublicKey } from './public-key.ts';
import { KeyFault, withContext } from './fault.ts';
import { maxArgon2Kib, maxArgon2Lanes, maxArgon2WorkKib } from './limits.ts';
import { startsWith, trimBlanks } from './lines.ts';
import type { DecodedKey, KeyMaterial } from './material.ts';
import type { Scratch } from './scratch.ts';
import { packWire, readWire } from './wire.ts';

const puttyHeader = 'PuTTY-User-Key-File-';
const cipherKeyBytes = 32;
const ivBytes = 16;
const macKeyBytes = 32;
const blockBytes = 16;

/** The variants of Argon2 by the names that PuTTY gives them, with the numbers of RFC 9106 section 3.1. */
const argon2Variants: ReadonlyMap<string, number> = new Map([
  ['Argon2d', 0],
  ['Argon2i', 1],
  ['Argon2id', 2],
]);

/** A parsed PuTTY key file (the appendix "PPK file format" of PuTTY's manual). */
interface PuttyFile {
  readonly version: 2 | 3;
  readonly algorithm: string;
  readonly encryption: string;
  /** With trailing blanks, which are part of what the file authenticates. */
  readonly comment: Buffer;
  readonly publicKey: Buffer;
  readonly argon2: Argon2Parameters | undefined;
  readonly privatePart: Buffer;
  readonly mac: Buffer;
}

interface Argon2Parameters {
  readonly algorithm: number;
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
}

interface PuttyKeys {
  readonly cipherKey: Buffer;
  readonly iv: Buffer;
  readonly macKey: Buffer;
}

/** Whether the first line is that of a PuTTY private key of any version. */
export function isPuttyFile(lines: readonly Buffer[]): boolean {
  return lines[0] !== undefined && startsWith(trimBlanks(lines[0]), puttyHeader);
}

/** Reads a PuTTY key, version 2 or 3. Its authentication code is verified whether it is encrypted or not. */
export function readPutty(lines: readonly Buffer[], passphrase: Buffer | undefined, scratch: Scratch): DecodedKey {
  const file = readFile(lines, scratch);
  const encrypted = file.encryption !== 'none';
  const comment = file.comment.toString('utf8');
  const facts = withContext({ encrypted }, () => describePublicKey(file.publicKey, comment));
  if (facts.algorithm !== file.algorithm) throw new KeyFault('key_unreadable', { encrypted });
  return withContext({ encrypted, facts }, () => {
    const keys = deriveKeys(file, passphrase, scratch);
    const plain = encrypted ? decrypt(file, keys, scratch) : file.privatePart;
    if (!isAuthentic(file, keys.macKey, plain, scratch)) {
      throw new KeyFault(encrypted ? 'passphrase_wrong' : 'key_unreadable');
    }
    return { material: readMaterial(file, plain), encrypted, comment, publicKey: file.publicKey };
  });
}

function readFile(lines: readonly Buffer[], scratch: Scratch): PuttyFile {
  const reader = readHeaders(lines);
  const { name, value } = reader.first();
  const version = name === `${puttyHeader}2` ? 2 : 3;
  if (version === 3 && name !== `${puttyHeader}3`) throw new KeyFault('key_encryption_unsupported');
  const encryption = reader.text('Encryption');
  if (encryption !== 'none' && encryption !== 'aes256-cbc') throw new KeyFault('key_encryption_unsupported');
  const comment = reader.bytes('Comment');
  const publicKey = decodeBase64(reader.block('Public-Lines'));
  const argon2 = version === 3 && encryption !== 'none' ? readArgon2(reader) : undefined;
  const privatePart = scratch.keep(decodeBase64(reader.block('Private-Lines')));
  const mac = Buffer.from(reader.text('Private-MAC'), 'hex');
  if (encryption !== 'none' && privatePart.length % blockBytes !== 0) throw new KeyFault('key_unreadable');
  return { version, algorithm: value, encryption, comment, publicKey, argon2, privatePart, mac };
}

interface HeaderReader {
  first(): { name: string; value: string };
  bytes(name: string): Buffer;
  text(name: string): string;
  number(name: string): number;
  /** The lines that a header counts. */
  block(name: string): Buffer[];
}

function readHeaders(lines: readonly Buffer[]): HeaderReader {
  let index = 0;
  const split = (): { name: string; value: Buffer } => {
    const line = lines[index++] ?? Buffer.alloc(0);
    const colon = line.indexOf(':');
    if (colon === -1) throw new KeyFault('key_unreadable');
    const value = line.subarray(colon + 1);
    return {
      name: line.toString('latin1', 0, colon).trim(),
      // PuTTY writes one blank; pasting may have removed it before an empty value.
      value: startsWith(value, ' ') ? value.subarray(1) : value,
    };
  };
  const bytes = (name: string): Buffer => {
    const header = split();
    if (header.name !== name) throw new KeyFault('key_unreadable');
    return header.value;
  };
  const text = (name: string): string => bytes(name).toString('latin1').trim();
  const number = (name: string): number => {
    const digits = text(name);
    if (!/^\d{1,10}$/.test(digits)) throw new KeyFault('key_unreadable');
    return Number(digits);
  };
  return {
    first() {
      const header = split();
      return { name: header.name, value: header.value.toString('latin1').trim() };
    },
    bytes,
    text,
    number,
    block(name) {
      const count = number(name);
      const block = lines.slice(index, index + count);
      index += count;
      return block;
    },
  };
}

function readArgon2(reader: HeaderReader): Argon2Parameters {
  const algorithm = argon2Variants.get(reader.text('Key-Derivation'));
  const memoryKib = reader.number('Argon2-Memory');
  const passes = reader.number('Argon2-Passes');
  const lanes = reader.number('Argon2-Parallelism');
  const salt = Buffer.from(reader.text('Argon2-Salt'), 'hex');
  if (algorithm === undefined) throw new KeyFault('key_encryption_unsupported');
  return { algorithm, memoryKib, passes, lanes, salt };
}

function deriveKeys(file: PuttyFile, passphrase: Buffer | undefined, scratch: Scratch): PuttyKeys {
  const none = Buffer.alloc(0);
  if (file.encryption === 'none') {
    const macKey = file.version === 2 ? legacyMacKey(none) : none;
    return { cipherKey: none, iv: none, macKey };
  }
  if (file.argon2) return deriveByArgon2(file.argon2, passphrase, scratch);
  if (!passphrase) throw new KeyFault('key_locked');
  const half = (counter: number): Buffer =>
    scratch.keep(
      createHash('sha1')
        .update(Buffer.from([0, 0, 0, counter]))
        .update(passphrase)
        .digest(),
    );
  const cipherKey = scratch.keep(Buffer.concat([half(0), half(1)])).subarray(0, cipherKeyBytes);
  return { cipherKey, iv: Buffer.alloc(ivBytes), macKey: scratch.keep(legacyMacKey(passphrase)) };
}

function deriveByArgon2(parameters: Argon2Parameters, passphrase: Buffer | undefined, scratch: Scratch): PuttyKeys {
  const { algorithm, memoryKib, passes, lanes, salt } = parameters;
  const affordable = memoryKib <= maxArgon2Kib && memoryKib * passes <= maxArgon2WorkKib && lanes <= maxArgon2Lanes;
  if (!affordable) throw new KeyFault('key_kdf_too_expensive');
  // The bounds of RFC 9106 section 3.1.
  if (passes < 1 || lanes < 1 || memoryKib < 8 * lanes || salt.length < 8) throw new KeyFault('key_unreadable');
  if (!passphrase) throw new KeyFault('key_locked');
  const outputLen = cipherKeyBytes + ivBytes + macKeyBytes;
  const cost = { memoryCost: memoryKib, timeCost: passes, parallelism: lanes };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a const enum, which cannot be named from another module
  const raw = hashRawSync(passphrase, { algorithm, ...cost, outputLen, salt });
  const derived = scratch.keep(raw);
  return {
    cipherKey: derived.subarray(0, cipherKeyBytes),
    iv: derived.subarray(cipherKeyBytes, cipherKeyBytes + ivBytes),
    macKey: derived.subarray(cipherKeyBytes + ivBytes),
  };
}

function legacyMacKey(passphrase: Buffer): Buffer {
  return createHash('sha1').update('putty-private-key-file-mac-key').update(passphrase).digest();
}

function decrypt(file: PuttyFile, { cipherKey, iv }: PuttyKeys, scratch: Scratch): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv).setAutoPadding(false);
  const plain = scratch.keep(decipher.update(file.privatePart));
  decipher.final();
  return plain;
}

/** Tries the comment as it is, and without trailing blanks, which pasting may have added. */
function isAuthentic(file: PuttyFile, macKey: Buffer, plain: Buffer, scratch: Scratch): boolean {
  return [file.comment, trimBlanks(file.comment)].some((comment) => {
    const authenticated = scratch.keep(
      packWire([
        { string: file.algorithm },
        { string: file.encryption },
        { string: comment },
        { string: file.publicKey },
        { string: plain },
      ]),
    );
    const mac = createHmac(file.version === 2 ? 'sha1' : 'sha256', macKey)
      .update(authenticated)
      .digest();
    return mac.length === file.mac.length && timingSafeEqual(mac, file.mac);
  });
}

/** The public numbers are in the public part; what follows the private ones is padding of the cipher. */
function readMaterial(file: PuttyFile, plain: Buffer): KeyMaterial {
  const open = readWire(file.publicKey);
  const secret = readWire(plain);
  open.string();
  if (file.algorithm === 'ssh-rsa') {
    const [e, n] = [open.mpint(), open.mpint()];
    const [d, p, q, coefficient] = [secret.mpint(), secret.mpint(), secret.mpint(), secret.mpint()];
    return { kind: 'rsa', n, e, d, p, q, coefficient };
  }
  if (file.algorithm === 'ssh-ed25519') {
    return { kind: 'ed25519', seed: secret.string(), point: open.string() };
  }
  const curve = findCurveOf(file.algorithm);
  if (!curve) throw new KeyFault('key_algorithm_unsupported');
  open.string();
  return { kind: 'ecdsa', curve, point: open.string(), scalar: secret.mpint() };
}
