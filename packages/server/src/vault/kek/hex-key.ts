import { KeyError } from '../key-error.ts';

const keyBytes = 32;

/** Parses exactly 64 lower-case hex digits without creating a string of them. `source` names the source of the key in messages. */
export function parseHexKey(text: Buffer, source: string): Buffer {
  if (text.length !== 2 * keyBytes || !text.every(isLowerHexDigit))
    throw new KeyError(`${source} must hold exactly ${2 * keyBytes} lower-case hex digits and nothing else.`);
  const key = Buffer.alloc(keyBytes);
  for (let index = 0; index < keyBytes; index++)
    key[index] = 16 * digitValue(text.readUInt8(2 * index)) + digitValue(text.readUInt8(2 * index + 1));
  return key;
}

const zero = 0x30;
const nine = 0x39;
const lowerA = 0x61;
const lowerF = 0x66;

function isLowerHexDigit(byte: number): boolean {
  return (byte >= zero && byte <= nine) || (byte >= lowerA && byte <= lowerF);
}

function digitValue(byte: number): number {
  return byte <= nine ? byte - zero : byte - lowerA + 10;
}
