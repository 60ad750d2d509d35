import { describe, expect, test } from 'vitest';
import { LoginFailure } from './hints.ts';
import { requireVerifiable } from './key-size.ts';

function string(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** An integer of so many bits, as SSH writes it. */
function integer(bits: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits / 8) + 1, 0xff);
  bytes[0] = 0;
  bytes[1] = 0xff >> (bytes.length * 8 - 8 - bits);
  return bytes;
}

function rsaKey(bits: number, exponentBits: number): Buffer {
  return Buffer.concat([Buffer.from('ssh-rsa'), integer(exponentBits), integer(bits)].map(string));
}

describe('the size of a host key', () => {
  test.for([
    [1024, 17],
    [4096, 17],
    [16_384, 64],
  ] as const)('may be %i bits with an exponent of %i', ([bits, exponentBits]) => {
    expect(() => {
      requireVerifiable(rsaKey(bits, exponentBits));
    }).not.toThrow();
  });

  test.for([
    [16_385, 17],
    [2048, 65],
    [200_000, 17],
  ] as const)('may not be %i bits with an exponent of %i', ([bits, exponentBits]) => {
    const refusal = (() => {
      try {
        requireVerifiable(rsaKey(bits, exponentBits));
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(LoginFailure);
    expect((refusal as LoginFailure).message).toContain(`an RSA key of ${bits} bits`);
  });

  test('is left to the library where the key is cut off', () => {
    const key = rsaKey(2048, 17);
    for (let length = 0; length < key.length; length += 7)
      expect(() => {
        requireVerifiable(key.subarray(0, length));
      }).not.toThrow();
  });
});
