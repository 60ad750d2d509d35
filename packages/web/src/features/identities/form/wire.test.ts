import { describe, expect, test } from 'vitest';
import { decodeBase64, describe as describeKey, readWire } from './wire.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** A string of RFC 4251 section 5. */
function string(content: string | Uint8Array): number[] {
  const data = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length);
  return [...length, ...data];
}

const key = (...parts: (string | Uint8Array)[]) => bytes(...parts.flatMap((part) => string(part)));

describe('readWire', () => {
  test('reads numbers, strings and text one after the other', () => {
    const wire = readWire(bytes(0, 0, 1, 2, ...string('ssh'), ...string(bytes(255)), 7));
    expect(wire.uint32()).toBe(258);
    expect(wire.text()).toBe('ssh');
    expect(wire.string()).toEqual(bytes(255));
    expect(wire.bytes(1)).toEqual(bytes(7));
    expect(wire.bytes(1)).toBeUndefined();
    expect(wire.bytes(0)).toEqual(bytes());
  });

  test.each([
    ['nothing', bytes()],
    ['a length that is cut off', bytes(0, 0, 0)],
    ['a string that is shorter than it says', bytes(0, 0, 0, 2, 1)],
    ['a string of four gigabytes', bytes(255, 255, 255, 255, 1)],
  ])('there is no string in %s', (_, data) => {
    expect(readWire(data).string()).toBeUndefined();
    expect(readWire(data).text()).toBeUndefined();
  });

  test('reads a view of larger bytes from its own beginning', () => {
    const larger = bytes(9, 9, ...string('ab'));
    expect(readWire(larger.subarray(2)).text()).toBe('ab');
  });
});

test.each([
  ['AAEC', bytes(0, 1, 2)],
  [' AA\r\nEC\t', bytes(0, 1, 2)],
  ['', bytes()],
  ['AAE', bytes(0, 1)],
  ['AAE*', undefined],
  ['A', undefined],
])('the Base64 %j is %s', (text, decoded) => {
  expect(decodeBase64(text)).toEqual(decoded);
});

describe('what a public key is', () => {
  const modulus = (length: number, first = 0x80, zero = true) =>
    Uint8Array.of(...(zero ? [0] : []), first, ...new Uint8Array(length - 1));

  test.each([
    ['ssh-ed25519', key('ssh-ed25519', new Uint8Array(32)), 256],
    ['ecdsa-sha2-nistp384', key('ecdsa-sha2-nistp384', 'nistp384', new Uint8Array(97)), 384],
    ['ssh-rsa', key('ssh-rsa', bytes(1, 0, 1), modulus(256)), 2048],
    // One bit less than its bytes would hold.
    ['ssh-rsa', key('ssh-rsa', bytes(3), modulus(256, 0x40, false)), 2047],
    ['ssh-rsa', key('ssh-rsa', bytes(3), bytes()), 0],
    ['sk-ssh-ed25519@openssh.com', key('sk-ssh-ed25519@openssh.com', new Uint8Array(32), 'ssh:'), null],
  ])('%s with %#', (algorithm, publicKey, bits) => {
    expect(describeKey(publicKey)).toEqual({ algorithm, bits });
  });

  test.each([
    ['nothing', bytes()],
    ['an RSA key that ends early', key('ssh-rsa', bytes(3))],
    ['a name with blanks', key('ssh ed25519', new Uint8Array(32))],
    ['a name that would be markup', key('<b>key</b>')],
    ['a name that is too long', key('x'.repeat(65))],
    ['a name in capitals', key('SSH-RSA', bytes(3), bytes(1))],
  ])('there is none in %s', (_, publicKey) => {
    expect(describeKey(publicKey)).toBeUndefined();
  });
});
