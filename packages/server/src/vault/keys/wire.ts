import { allocateSecretBytes } from '../secret-bytes.ts';
import { KeyFault } from './fault.ts';

const uint32Bytes = 4;

/** One value of the SSH wire encoding (RFC 4251 section 5). An mpint is given as its magnitude, big-endian; a negative one never occurs in a key. */
export type WireField =
  | { readonly uint32: number }
  | { readonly string: Buffer | string }
  | { readonly mpint: Buffer }
  | { readonly raw: Buffer };

/** Reads the SSH wire encoding; malformed input is `key_unreadable`. All buffers are views of the input. */
export interface WireReader {
  readonly remaining: number;
  uint32(): number;
  string(): Buffer;
  text(): string;
  /** The magnitude without leading zeros; empty for zero. */
  mpint(): Buffer;
  /** The next bytes, unchanged. */
  raw(length: number): Buffer;
  /** Refuses bytes after the last field. */
  end(): void;
}

/** Reads the data types of RFC 4251 section 5 from the start of the bytes, without copies. */
export function readWire(bytes: Buffer): WireReader {
  let offset = 0;
  const raw = (length: number): Buffer => {
    if (length > bytes.length - offset) throw new KeyFault('key_unreadable');
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  const uint32 = (): number => raw(uint32Bytes).readUInt32BE();
  const string = (): Buffer => raw(uint32());
  return {
    get remaining() {
      return bytes.length - offset;
    },
    raw,
    uint32,
    string,
    text: () => string().toString('latin1'),
    mpint() {
      const body = string();
      if ((body[0] ?? 0) >= 0x80) throw new KeyFault('key_unreadable');
      return withoutLeadingZeros(body);
    },
    end() {
      if (offset !== bytes.length) throw new KeyFault('key_unreadable');
    },
  };
}

/** Writes fields into one buffer without leaving copies of them elsewhere. */
export function packWire(fields: readonly WireField[]): Buffer {
  const packed = allocateSecretBytes(fields.reduce((sum, field) => sum + fieldLength(field), 0));
  let offset = 0;
  for (const field of fields) {
    if ('raw' in field) field.raw.copy(packed, offset);
    else if ('uint32' in field) packed.writeUInt32BE(field.uint32, offset);
    else writeString(packed, offset, field);
    offset += fieldLength(field);
  }
  return packed;
}

/** A view, not a copy. */
export function withoutLeadingZeros(magnitude: Buffer): Buffer {
  const start = magnitude.findIndex((byte) => byte !== 0);
  return start === -1 ? magnitude.subarray(magnitude.length) : magnitude.subarray(start);
}

function fieldLength(field: WireField): number {
  if ('raw' in field) return field.raw.length;
  if ('uint32' in field) return uint32Bytes;
  if ('string' in field) return uint32Bytes + Buffer.byteLength(field.string, 'utf8');
  return uint32Bytes + signByte(field.mpint) + withoutLeadingZeros(field.mpint).length;
}

function writeString(target: Buffer, offset: number, field: { string: Buffer | string } | { mpint: Buffer }): void {
  target.writeUInt32BE(fieldLength(field) - uint32Bytes, offset);
  const body = offset + uint32Bytes;
  if ('mpint' in field) withoutLeadingZeros(field.mpint).copy(target, body + signByte(field.mpint));
  else if (typeof field.string === 'string') target.write(field.string, body, 'utf8');
  else field.string.copy(target, body);
}

/** A positive mpint whose highest bit is set is preceded by a zero byte. */
function signByte(magnitude: Buffer): 0 | 1 {
  return (withoutLeadingZeros(magnitude)[0] ?? 0) >= 0x80 ? 1 : 0;
}
