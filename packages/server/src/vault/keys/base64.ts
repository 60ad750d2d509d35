import { allocateSecretBytes } from '../secret-bytes.ts';
import { KeyFault } from './fault.ts';

const alphabet = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
const pad = 0x3d;
const values = new Map([...alphabet].map((byte, value) => [byte, value]));

/**
 * Decodes base64 (RFC 4648 section 4) from lines of bytes without creating a string of a private key. Blanks inside lines are ignored; other foreign
 * characters, and missing or excess padding, are `key_unreadable`.
 */
export function decodeBase64(lines: readonly Buffer[]): Buffer {
  const decoded = allocateSecretBytes(lines.reduce((sum, line) => sum + line.length, 0));
  let length = 0;
  let sextets = 0;
  let pads = 0;
  let bits = 0;
  for (const line of lines) {
    for (const byte of line) {
      if (byte === 0x20 || byte === 0x09) continue;
      if (byte === pad) {
        pads += 1;
        continue;
      }
      const value = values.get(byte);
      if (value === undefined || pads > 0) return refuse(decoded);
      bits = ((bits << 6) | value) & 0xff_ffff;
      sextets += 1;
      if (sextets % 4 !== 1) decoded[length++] = (bits >> (6 - 2 * ((sextets - 1) % 4))) & 0xff;
    }
  }
  const expectedPads = (4 - (sextets % 4)) % 4;
  if (sextets === 0 || sextets % 4 === 1 || pads !== expectedPads) return refuse(decoded);
  return decoded.subarray(0, length);
}

/** Encodes into lines of `width` characters, each terminated by LF. */
export function encodeBase64(bytes: Buffer, width: number): Buffer {
  const characters = Math.ceil(bytes.length / 3) * 4;
  const encoded = Buffer.alloc(characters + Math.ceil(characters / width), '\n');
  for (let index = 0; index < characters; index++) {
    encoded[index + Math.floor(index / width)] = characterAt(bytes, index);
  }
  return encoded;
}

function characterAt(bytes: Buffer, index: number): number {
  const firstBit = index * 6;
  const first = Math.floor(firstBit / 8);
  if (first >= bytes.length) return pad;
  const window = ((bytes[first] ?? 0) << 8) | (bytes[first + 1] ?? 0);
  return alphabet[(window >> (10 - (firstBit % 8))) & 0x3f] ?? pad;
}

function refuse(decoded: Buffer): never {
  decoded.fill(0);
  throw new KeyFault('key_unreadable');
}
