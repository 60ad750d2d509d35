import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { splitLines } from './lines.ts';

describe('base64 of bytes', () => {
  it('agrees with Node, in lines of any width', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
        const encoded = encodeBase64(Buffer.from(bytes), width);
        expect(encoded.toString().replaceAll('\n', '')).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(splitLines(encoded))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(['', '=', 'A', 'AA', 'AAA', 'AA=', 'AAAAA===', 'AA==AA==', 'AA-_', 'AAAA====', 'ÄAAA'])(
    'refuses %j',
    (text) => {
      expect(() => decodeBase64([Buffer.from(text)])).toThrow('key_unreadable');
    },
  );
});
