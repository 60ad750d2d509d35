import { KeyFault } from './fault.ts';
import type { Scratch } from './scratch.ts';
import { withoutLeadingZeros } from './wire.ts';

/** The ASN.1 tags that occur in keys (X.690). */
export const tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  /** [0] and [1] with a constructed or a primitive body. */
  context0: 0xa0,
  context1: 0xa1,
  contextPrimitive1: 0x81,
} as const;

/** Reads DER; malformed input is `key_unreadable`. All buffers are views of the input. */
export interface DerReader {
  /** The next tag, `undefined` at the end. */
  peek(): number | undefined;
  /** The body of the next value, which must have this tag. */
  body(expected: number): Buffer;
  sequence(): DerReader;
  /** The magnitude without leading zeros; empty for zero. A negative integer is refused. */
  integer(): Buffer;
  /** An integer that is a count: rounds, bytes, a version. More than 32 bits are returned as infinity. */
  count(): number;
  /** An object identifier as hexadecimal digits of its encoding. */
  oid(): string;
  /** Refuses bytes after the last value. */
  end(): void;
}

/** Reads DER (X.690) from the start of the bytes, without copies. */
export function readDer(bytes: Buffer): DerReader {
  let offset = 0;
  const body = (expected: number): Buffer => {
    if (bytes[offset] !== expected) throw new KeyFault('key_unreadable');
    const { start, end } = locateBody(bytes, offset);
    offset = end;
    return bytes.subarray(start, end);
  };
  const integer = (): Buffer => {
    const value = body(tag.integer);
    if ((value[0] ?? 0x80) >= 0x80) throw new KeyFault('key_unreadable');
    return withoutLeadingZeros(value);
  };
  return {
    peek: () => bytes[offset],
    body,
    sequence: () => readDer(body(tag.sequence)),
    integer,
    count() {
      const value = integer();
      if (value.length > 4) return Infinity;
      return value.length === 0 ? 0 : value.readUIntBE(0, value.length);
    },
    oid: () => body(tag.oid).toString('hex'),
    end() {
      if (offset !== bytes.length) throw new KeyFault('key_unreadable');
    },
  };
}

function locateBody(bytes: Buffer, offset: number): { start: number; end: number } {
  const first = bytes[offset + 1] ?? 0x80;
  let start = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const lengthBytes = first & 0x7f;
    // 0x80 alone is BER's indefinite length; more than 3 length bytes exceed any key.
    if (lengthBytes === 0 || lengthBytes > 3 || start + lengthBytes > bytes.length)
      throw new KeyFault('key_unreadable');
    length = bytes.readUIntBE(start, lengthBytes);
    start += lengthBytes;
  }
  if (length > bytes.length - start) throw new KeyFault('key_unreadable');
  return { start, end: start + length };
}

/** Writes one DER value; the result may contain private bytes and is kept in `scratch`. */
export function packDer(tagByte: number, parts: readonly Buffer[], scratch: Scratch): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return scratch.keep(Buffer.concat([Buffer.from([tagByte, ...lengthBytes(length)]), ...parts]));
}

/** Writes a non-negative INTEGER from its magnitude. */
export function packInteger(magnitude: Buffer, scratch: Scratch): Buffer {
  const digits = withoutLeadingZeros(magnitude);
  const needsZero = (digits[0] ?? 0x80) >= 0x80;
  return packDer(tag.integer, needsZero ? [Buffer.from([0]), digits] : [digits], scratch);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
