import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import bcrypt from 'bcrypt-pbkdf';
import { allocateSecretBytes } from '../secret-bytes.ts';
import { KeyFault } from './fault.ts';
import { authenticatePoly1305 } from './poly1305.ts';
import type { Scratch } from './scratch.ts';

/** A cipher of OpenSSH key files, under its OpenSSH name. */
export interface OpenSshCipher {
  readonly name: string;
  readonly kind: 'plain' | 'block' | 'gcm' | 'chacha20-poly1305';
  readonly keyBytes: number;
  readonly ivBytes: number;
  readonly blockBytes: number;
  readonly tagBytes: number;
}

const block = (name: string, keyBytes: number, blockBytes = 16): OpenSshCipher => ({
  name,
  kind: 'block',
  keyBytes,
  ivBytes: blockBytes,
  blockBytes,
  tagBytes: 0,
});
const gcm = (name: string, keyBytes: number): OpenSshCipher => ({
  name,
  kind: 'gcm',
  keyBytes,
  ivBytes: 12,
  blockBytes: 16,
  tagBytes: 16,
});

/** The cipher of a file without a passphrase (PROTOCOL.key). */
export const plainCipher: OpenSshCipher = {
  name: 'none',
  kind: 'plain',
  keyBytes: 0,
  ivBytes: 0,
  blockBytes: 8,
  tagBytes: 0,
};

/** The cipher of generated keys, as in `ssh-keygen`. */
export const ownCipher = block('aes256-ctr', 32);

const chachaKeyBytes = 32;

const known: readonly OpenSshCipher[] = [
  plainCipher,
  ownCipher,
  block('aes192-ctr', 24),
  block('aes128-ctr', 16),
  block('aes256-cbc', 32),
  block('aes192-cbc', 24),
  block('aes128-cbc', 16),
  block('3des-cbc', 24, 8),
  gcm('aes128-gcm@openssh.com', 16),
  gcm('aes256-gcm@openssh.com', 32),
  {
    name: 'chacha20-poly1305@openssh.com',
    kind: 'chacha20-poly1305',
    // The second half encrypts packet lengths, which a key file does not have.
    keyBytes: 2 * chachaKeyBytes,
    ivBytes: 0,
    blockBytes: 8,
    tagBytes: 16,
  },
];

/** The cipher of this name; undefined if it is not supported. */
export function findOpenSshCipher(name: string): OpenSshCipher | undefined {
  return known.find((cipher) => cipher.name === name);
}

interface Passphrase {
  readonly passphrase: Buffer;
  readonly salt: Buffer;
  readonly rounds: number;
}

/** Derives key and initialization vector by bcrypt_pbkdf. Slow by design: seconds of one processor for hundreds of rounds. */
export function deriveKey(cipher: OpenSshCipher, { passphrase, salt, rounds }: Passphrase, scratch: Scratch): Buffer {
  const derived = scratch.keep(allocateSecretBytes(cipher.keyBytes + cipher.ivBytes));
  const result = bcrypt.pbkdf(passphrase, passphrase.length, salt, salt.length, derived, derived.length, rounds);
  if (result !== 0) throw new KeyFault('key_unreadable');
  return derived;
}

/** Decrypts the private part of a key file. A wrong tag is `passphrase_wrong`. */
export function decryptOpenSsh(
  cipher: OpenSshCipher,
  derived: Buffer,
  sealed: { readonly ciphertext: Buffer; readonly authTag: Buffer },
  scratch: Scratch,
): Buffer {
  const key = derived.subarray(0, cipher.keyBytes);
  const iv = derived.subarray(cipher.keyBytes);
  switch (cipher.kind) {
    case 'plain':
      return sealed.ciphertext;
    case 'block': {
      const decipher = createDecipheriv(opensslName(cipher), key, iv).setAutoPadding(false);
      const plain = scratch.keep(decipher.update(sealed.ciphertext));
      decipher.final();
      return plain;
    }
    case 'gcm':
      return decryptGcm(key, iv, sealed, scratch);
    case 'chacha20-poly1305':
      return decryptChaCha(key, sealed, scratch);
  }
}

/** Encrypts the private part of a key file with `ownCipher`. */
export function encryptOpenSsh(derived: Buffer, plain: Buffer): Buffer {
  const key = derived.subarray(0, ownCipher.keyBytes);
  const cipher = createCipheriv(opensslName(ownCipher), key, derived.subarray(ownCipher.keyBytes));
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

type Sealed = Parameters<typeof decryptOpenSsh>[2];

function decryptGcm(key: Buffer, iv: Buffer, { ciphertext, authTag }: Sealed, scratch: Scratch): Buffer {
  const name = key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  const decipher = createDecipheriv(name, key, iv, { authTagLength: 16 }).setAuthTag(authTag);
  const plain = scratch.keep(decipher.update(ciphertext));
  try {
    decipher.final();
  } catch {
    throw new KeyFault('passphrase_wrong');
  }
  return plain;
}

/** OpenSSH's PROTOCOL.chacha20poly1305 with sequence number 0: block 0 of the key stream keys the authenticator, the text starts at block 1. */
function decryptChaCha(key: Buffer, { ciphertext, authTag }: Sealed, scratch: Scratch): Buffer {
  const stream = createCipheriv('chacha20', key.subarray(0, chachaKeyBytes), Buffer.alloc(16));
  const authKey = scratch.keep(stream.update(Buffer.alloc(64))).subarray(0, 32);
  if (!timingSafeEqual(authenticatePoly1305(authKey, ciphertext), authTag)) throw new KeyFault('passphrase_wrong');
  return scratch.keep(stream.update(ciphertext));
}

function opensslName(cipher: OpenSshCipher): string {
  return cipher.name === '3des-cbc' ? 'des-ede3-cbc' : cipher.name.replace(/^aes(\d+)-/, 'aes-$1-');
}
