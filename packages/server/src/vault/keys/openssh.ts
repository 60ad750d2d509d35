import { randomBytes } from 'node:crypto';
import { encodeBase64 } from './base64.ts';
import { algorithmOf, curves } from './curves.ts';
import { describePublicKey } from './public-key.ts';
import { KeyFault, withContext } from './fault.ts';
import { maxBcryptRounds, ownBcryptRounds } from './limits.ts';
import type { DecodedKey, KeyMaterial } from './material.ts';
import {
  decryptOpenSsh,
  deriveKey,
  encryptOpenSsh,
  findOpenSshCipher,
  ownCipher,
  plainCipher,
} from './openssh-cipher.ts';
import type { OpenSshCipher } from './openssh-cipher.ts';
import type { Scratch } from './scratch.ts';
import { packWire, readWire } from './wire.ts';
import type { WireField, WireReader } from './wire.ts';

const magic = Buffer.from('openssh-key-v1\0', 'latin1');
const ed25519Bytes = 32;
const saltBytes = 16;
const lineWidth = 70;
/** The largest block of a cipher of these files. */
const maxPaddingBytes = 16;

interface Container {
  readonly cipher: OpenSshCipher;
  readonly kdf: { readonly salt: Buffer; readonly rounds: number } | undefined;
  readonly publicKey: Buffer;
  readonly ciphertext: Buffer;
  readonly authTag: Buffer;
}

/** Reads the container that OpenSSH's PROTOCOL.key describes. */
export function readOpenSsh(file: Buffer, passphrase: Buffer | undefined, scratch: Scratch): DecodedKey {
  const container = readContainer(file);
  const { kdf, publicKey } = container;
  const encrypted = kdf !== undefined;
  const facts = withContext({ encrypted }, () => describePublicKey(publicKey, ''));
  return withContext({ encrypted, facts }, () => {
    const plain = kdf ? decrypt(container, kdf, passphrase, scratch) : container.ciphertext;
    const { material, comment } = readPrivatePart(plain);
    return { material, comment, encrypted, publicKey };
  });
}

interface OpenSshKey {
  readonly material: KeyMaterial;
  /** The public half in SSH wire format. */
  readonly publicKey: Buffer;
  readonly comment: string;
  readonly passphrase: Buffer | undefined;
}

/** Writes a key as OpenSSH does: aes256-ctr under bcrypt when there is a passphrase. The text is kept in `scratch`. */
export function writeOpenSsh({ material, publicKey, comment, passphrase }: OpenSshKey, scratch: Scratch): Buffer {
  const cipher = passphrase ? ownCipher : plainCipher;
  const salt = randomBytes(saltBytes);
  const plain = packPrivatePart({ material, publicKey, comment, cipher }, scratch);
  const kdf = passphrase && { passphrase, salt, rounds: ownBcryptRounds };
  const body = scratch.keep(
    packWire([
      { raw: magic },
      { string: cipher.name },
      { string: kdf ? 'bcrypt' : 'none' },
      { string: kdf ? packWire([{ string: salt }, { uint32: kdf.rounds }]) : '' },
      { uint32: 1 },
      { string: publicKey },
      { string: kdf ? encryptOpenSsh(deriveKey(cipher, kdf, scratch), plain) : plain },
    ]),
  );
  const text = scratch.keep(encodeBase64(body, lineWidth));
  const boundary = (word: string): Buffer => Buffer.from(`-----${word} OPENSSH PRIVATE KEY-----\n`, 'latin1');
  return scratch.keep(Buffer.concat([boundary('BEGIN'), text, boundary('END')]));
}

function readContainer(file: Buffer): Container {
  const reader = readWire(file);
  if (!reader.raw(magic.length).equals(magic)) throw new KeyFault('key_unreadable');
  const cipher = findOpenSshCipher(reader.text());
  const kdfName = reader.text();
  const kdfOptions = reader.string();
  if (!cipher || (kdfName !== 'none' && kdfName !== 'bcrypt')) {
    throw new KeyFault('key_encryption_unsupported', { encrypted: true });
  }
  // An encrypted key without a derivation, or the reverse, is no key that OpenSSH wrote; so is a file of several keys.
  if ((cipher === plainCipher) !== (kdfName === 'none') || reader.uint32() !== 1) throw new KeyFault('key_unreadable');
  const publicKey = reader.string();
  const ciphertext = reader.string();
  const authTag = reader.raw(cipher.tagBytes);
  reader.end();
  if (ciphertext.length === 0 || ciphertext.length % cipher.blockBytes !== 0) throw new KeyFault('key_unreadable');
  return { cipher, kdf: cipher === plainCipher ? undefined : readKdf(kdfOptions), publicKey, ciphertext, authTag };
}

function readKdf(options: Buffer): { salt: Buffer; rounds: number } {
  const reader = readWire(options);
  const salt = reader.string();
  const rounds = reader.uint32();
  reader.end();
  return { salt, rounds };
}

function decrypt(
  container: Container,
  { salt, rounds }: { salt: Buffer; rounds: number },
  passphrase: Buffer | undefined,
  scratch: Scratch,
): Buffer {
  if (rounds > maxBcryptRounds) throw new KeyFault('key_kdf_too_expensive');
  if (!passphrase) throw new KeyFault('key_locked');
  const derived = deriveKey(container.cipher, { passphrase, salt, rounds }, scratch);
  const plain = decryptOpenSsh(container.cipher, derived, container, scratch);
  const check = readWire(plain);
  if (check.uint32() !== check.uint32()) throw new KeyFault('passphrase_wrong');
  return plain;
}

function readPrivatePart(plain: Buffer): { material: KeyMaterial; comment: string } {
  const reader = readWire(plain);
  if (reader.uint32() !== reader.uint32()) throw new KeyFault('key_unreadable');
  const material = readMaterial(reader.text(), reader);
  const comment = reader.string().toString('utf8');
  checkPadding(reader.raw(reader.remaining));
  return { material, comment };
}

/**
 * PROTOCOL.key pads with 1, 2, 3, … to the block of the cipher and says nothing of more. OpenSSH pads with less than a block; PuTTYgen and
 * Python's cryptography add a whole block to what is aligned already, and PuTTYgen takes 16 bytes for a block where nothing is encrypted.
 */
function checkPadding(padding: Buffer): void {
  const counts = padding.every((byte, index) => byte === index + 1);
  if (!counts || padding.length > maxPaddingBytes) throw new KeyFault('key_unreadable');
}

function readMaterial(algorithm: string, reader: WireReader): KeyMaterial {
  if (algorithm === 'ssh-ed25519') {
    const point = reader.string();
    const pair = reader.string();
    const fits = pair.length === 2 * ed25519Bytes && pair.subarray(ed25519Bytes).equals(point);
    if (!fits) throw new KeyFault('key_unreadable');
    return { kind: 'ed25519', seed: pair.subarray(0, ed25519Bytes), point };
  }
  if (algorithm === 'ssh-rsa') {
    const [n, e, d] = [reader.mpint(), reader.mpint(), reader.mpint()];
    const [coefficient, p, q] = [reader.mpint(), reader.mpint(), reader.mpint()];
    return { kind: 'rsa', n, e, d, p, q, coefficient };
  }
  const curve = curves.find((known) => algorithmOf(known) === algorithm);
  if (reader.text() !== curve?.sshName) throw new KeyFault('key_unreadable');
  const point = reader.string();
  return { kind: 'ecdsa', curve, point, scalar: reader.mpint() };
}

function packPrivatePart(
  { material, publicKey, comment, cipher }: Omit<OpenSshKey, 'passphrase'> & { cipher: OpenSshCipher },
  scratch: Scratch,
): Buffer {
  const check = randomBytes(4).readUInt32BE();
  const fields: WireField[] = [{ uint32: check }, { uint32: check }, ...privateFields(material, publicKey, scratch)];
  const unpadded = scratch.keep(packWire([...fields, { string: comment }]));
  const missing = (cipher.blockBytes - (unpadded.length % cipher.blockBytes)) % cipher.blockBytes;
  const padding = Buffer.from(Array.from({ length: missing }, (_, index) => index + 1));
  return scratch.keep(Buffer.concat([unpadded, padding]));
}

function privateFields(material: KeyMaterial, publicKey: Buffer, scratch: Scratch): WireField[] {
  switch (material.kind) {
    case 'rsa': {
      const { n, e, d, coefficient, p, q } = material;
      return [{ string: 'ssh-rsa' }, ...[n, e, d, coefficient, p, q].map((mpint) => ({ mpint }))];
    }
    case 'ecdsa':
      // The private part starts with the public key's own fields: name, curve and point.
      return [{ raw: publicKey }, { mpint: material.scalar }];
    case 'ed25519': {
      const point = publicKey.subarray(-ed25519Bytes);
      const pair = scratch.keep(Buffer.concat([material.seed, point]));
      return [{ raw: publicKey }, { string: pair }];
    }
  }
}
