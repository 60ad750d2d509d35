import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitLength, decrement, modulo, multiply } from './integers.ts';
import { createScratch } from './scratch.ts';

const number = fc.bigInt({ min: 0n, max: 2n ** 600n });
const positive = fc.bigInt({ min: 1n, max: 2n ** 300n });

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16);
  return value === 0n ? Buffer.alloc(0) : Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

function valueOf(bytes: Buffer): bigint {
  return BigInt(`0x0${bytes.toString('hex')}`);
}

describe('arithmetic on bytes', () => {
  it('agrees with BigInt', () => {
    fc.assert(
      fc.property(number, number, positive, (a, b, m) => {
        using scratch = createScratch();
        expect(valueOf(multiply(bytesOf(a), bytesOf(b), scratch))).toBe(a * b);
        expect(valueOf(modulo(bytesOf(a), bytesOf(m), scratch))).toBe(a % m);
        expect(valueOf(decrement(bytesOf(m), scratch))).toBe(m - 1n);
        expect(bitLength(bytesOf(m))).toBe(m.toString(2).length);
      }),
    );
  });

  it('refuses what has no answer', () => {
    using scratch = createScratch();
    expect(() => modulo(Buffer.from([1]), Buffer.from([0, 0]), scratch)).toThrow(RangeError);
    expect(() => decrement(Buffer.from([0]), scratch)).toThrow(RangeError);
  });

  it('leaves nothing behind', () => {
    const scratch = createScratch();
    const results = [
      multiply(Buffer.from([7]), Buffer.from([9]), scratch),
      modulo(Buffer.from([9]), Buffer.from([5]), scratch),
    ];
    scratch[Symbol.dispose]();
    expect(results.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});
