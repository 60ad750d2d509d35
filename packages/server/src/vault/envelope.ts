import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { associatedData, type FrameHeader } from './associated-data.ts';
import { pad, unpad } from './padding.ts';
import { Secret } from './secret.ts';
import type { Binding } from './slot.ts';

/** A 256-bit key and the 16 bytes that identify it in every frame. */
export interface FrameKey {
  readonly id: Buffer;
  readonly bytes: Buffer;
}

const magic = Buffer.from('GH');
const formatVersion = 1;
const aes256Gcm = 1;
const keyIdStart = 4;
const nonceStart = 20;
const ciphertextStart = 32;
const tagBytes = 16;

/** Seals into a frame of docs/formats/vault.md under a fresh random nonce. The caller wipes `plaintext`. */
export function sealFrame(key: FrameKey, binding: Binding, plaintext: Buffer): Buffer {
  return sealFrameWithNonce(key, binding, plaintext, randomBytes(ciphertextStart - nonceStart));
}

/** `sealFrame` with a given nonce. Only for test vectors: a nonce that is reused with one key reveals the key stream. */
export function sealFrameWithNonce(key: FrameKey, binding: Binding, plaintext: Buffer, nonce: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associatedData({ formatVersion, algId: aes256Gcm, keyId: key.id }, binding));
  const padded = pad(plaintext);
  try {
    const ciphertext = Buffer.concat([cipher.update(padded), cipher.final()]);
    return Buffer.concat([magic, Buffer.of(formatVersion, aes256Gcm), key.id, nonce, ciphertext, cipher.getAuthTag()]);
  } finally {
    padded.fill(0);
  }
}

/**
 * Opens a frame. Throws a plain error whose message says what is wrong with the frame and nothing about its content; callers translate it. Requires
 * the key of `frameKeyId`.
 */
export function openFrame(key: FrameKey, binding: Binding, frame: Buffer): Secret {
  const header = parseHeader(frame);
  if (!header.keyId.equals(key.id)) throw new Error('the frame was sealed under another key');
  const tagStart = frame.length - tagBytes;
  // Without authTagLength Node.js accepts a tag that was truncated to four bytes.
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, frame.subarray(nonceStart, ciphertextStart), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associatedData(header, binding));
  decipher.setAuthTag(frame.subarray(tagStart));
  const padded = decipher.update(frame.subarray(ciphertextStart, tagStart));
  try {
    decipher.final();
    return Secret.takeBytes(unpad(padded));
  } catch (cause) {
    throw new Error('the frame does not belong here or was changed', { cause });
  } finally {
    padded.fill(0);
  }
}

/** The key id in a frame; authenticated only by opening it. */
export function frameKeyId(frame: Buffer): Buffer {
  return parseHeader(frame).keyId;
}

function parseHeader(frame: Buffer): FrameHeader {
  if (frame.length < ciphertextStart + tagBytes) throw new Error('the frame is too short');
  if (!frame.subarray(0, magic.length).equals(magic)) throw new Error('this is not a frame');
  const header = {
    formatVersion: frame.readUInt8(2),
    algId: frame.readUInt8(3),
    keyId: frame.subarray(keyIdStart, nonceStart),
  };
  if (header.formatVersion !== formatVersion) throw new Error(`frame format ${header.formatVersion} is not known here`);
  if (header.algId !== aes256Gcm) throw new Error(`frame algorithm ${header.algId} is not known here`);
  return header;
}
