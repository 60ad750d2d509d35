import type { Scratch } from './scratch.ts';
import { withoutLeadingZeros } from './wire.ts';

/**
 * Arithmetic on non-negative integers given as big-endian bytes. It is done on bytes because a BigInt of a private number could not be
 * overwritten afterwards. Speed hardly matters: an RSA key takes a few products and remainders, once, in a worker.
 */
export function multiply(a: Buffer, b: Buffer, scratch: Scratch): Buffer {
  const product = scratch.keep(Buffer.alloc(a.length + b.length));
  for (let i = a.length - 1; i >= 0; i--) {
    let carry = 0;
    for (let j = b.length - 1; j >= 0; j--) {
      const sum = (a[i] ?? 0) * (b[j] ?? 0) + (product[i + j + 1] ?? 0) + carry;
      product[i + j + 1] = sum & 0xff;
      carry = sum >> 8;
    }
    product[i] = carry;
  }
  return withoutLeadingZeros(product);
}

/** The remainder of `dividend` by `divisor`, bit by bit. The divisor must not be zero. */
export function modulo(dividend: Buffer, divisor: Buffer, scratch: Scratch): Buffer {
  const modulus = withoutLeadingZeros(divisor);
  if (modulus.length === 0) throw new RangeError('division by zero');
  const remainder = scratch.keep(Buffer.alloc(modulus.length + 1));
  const padded = scratch.keep(Buffer.concat([Buffer.alloc(1), modulus]));
  for (const byte of dividend) {
    for (let bit = 7; bit >= 0; bit--) {
      shiftIn(remainder, (byte >> bit) & 1);
      if (remainder.compare(padded) >= 0) subtract(remainder, padded);
    }
  }
  return withoutLeadingZeros(remainder);
}

/** The value less one; the value must not be zero. */
export function decrement(value: Buffer, scratch: Scratch): Buffer {
  const result = scratch.keep(Buffer.from(value));
  const last = result.findLastIndex((byte) => byte !== 0);
  if (last === -1) throw new RangeError('nothing to take one from');
  result[last] = (result[last] ?? 0) - 1;
  result.fill(0xff, last + 1);
  return withoutLeadingZeros(result);
}

/** Whether the big-endian magnitude is 1. */
export function isOne(value: Buffer): boolean {
  const digits = withoutLeadingZeros(value);
  return digits.length === 1 && digits[0] === 1;
}

/** Whether the big-endian magnitude is odd. */
export function isOdd(value: Buffer): boolean {
  return ((value.at(-1) ?? 0) & 1) === 1;
}

/** Bits of the big-endian magnitude, leading zeros not counted. */
export function bitLength(value: Buffer): number {
  const digits = withoutLeadingZeros(value);
  return digits.length === 0 ? 0 : digits.length * 8 - (Math.clz32(digits[0] ?? 0) - 24);
}

function shiftIn(value: Buffer, bit: number): void {
  let carry = bit;
  for (let i = value.length - 1; i >= 0; i--) {
    const shifted = ((value[i] ?? 0) << 1) | carry;
    value[i] = shifted & 0xff;
    carry = shifted >> 8;
  }
}

function subtract(from: Buffer, value: Buffer): void {
  let borrow = 0;
  for (let i = from.length - 1; i >= 0; i--) {
    const difference = (from[i] ?? 0) - (value[i] ?? 0) - borrow;
    from[i] = difference & 0xff;
    borrow = difference < 0 ? 1 : 0;
  }
}
