import { charsets } from '@gatehouse/contract/entry-config';
import { describe, expect, test } from 'vitest';
import { createDecoder, encode, type LegacyCharset } from './encoding.ts';

const legacy = charsets.filter((charset): charset is LegacyCharset => charset !== 'utf-8');

test('every character of the basic plane is in gb18030, but for those of private use', () => {
  const isAssigned = (code: number) => code < 0xd800 || (code >= 0xf900 && code !== 0xfffd);
  const codes = Array.from({ length: 0x1_00_00 - 0x80 }, (_, at) => at + 0x80).filter(isAssigned);
  const decode = createDecoder('gb18030');
  const wrong = codes.filter((code) => decode(encode(String.fromCharCode(code), 'gb18030')).charCodeAt(0) !== code);
  expect(wrong).toEqual([]);
});

test.each([
  ['iso-8859-1', 'Grüße', '4772fcdf65'],
  ['iso-8859-2', 'žluťoučký', 'be6c75bb6f75e86bfd'],
  ['iso-8859-15', '10 €', '313020a4'],
  ['windows-1251', 'привет', 'eff0e8e2e5f2'],
  ['windows-1252', '„€“', '848093'],
  ['koi8-r', 'привет', 'd0d2c9d7c5d4'],
  ['ibm866', 'привет', 'afe0a8a2a5e2'],
  ['euc-jp', '日本語ｱ', 'c6fccbdcb8ec8eb1'],
  ['shift_jis', '日本語ｱ表', '93fa967b8ceab1955c'],
  ['shift_jis', '纊', 'fa5c'], // Also ED40, which encoders do not use.
  ['euc-kr', '한국어', 'c7d1b1b9beee'],
  ['gb18030', '中文€', 'd6d0cec4a2e3'],
  ['gb18030', 'ü😀', 'a8b99439fc36'],
  ['gb18030', 'ÿ', '81308b37'], // Four bytes, of the basic plane.
  ['big5', '中文十', 'a4a4a4e5a451'], // The first encoding of 十 is A2CC.
] as const)('in %s, %s is as other programs write it', (charset, text, hex) => {
  const bytes = encode(text, charset);
  expect(bytes.toString('hex')).toBe(hex);
  expect(createDecoder(charset)(bytes)).toBe(text);
});

describe.each(legacy)('%s', (charset) => {
  test('leaves ASCII and control characters as they are, and writes ? for what it does not have', () => {
    const ascii = Buffer.from(Array.from({ length: 0x80 }, (_, byte) => byte));
    expect(encode(ascii.toString(), charset)).toEqual(ascii);
    expect(createDecoder(charset)(ascii)).toBe(ascii.toString());
    expect(encode('a\u{10FFFE}b', charset).toString('latin1')).toMatch(charset === 'gb18030' ? /^a.{4}b$/ : /^a\?b$/);
  });

  test('decodes characters whose bytes come one by one', () => {
    const text = { 'euc-jp': '日本語', shift_jis: '日本語', 'euc-kr': '한국어', gb18030: '中😀ÿ', big5: '中文' };
    const expected = charset in text ? text[charset as keyof typeof text] : 'abc';
    const decode = createDecoder(charset);
    const decoded = [...encode(expected, charset)].map((byte) => decode(Buffer.from([byte])));
    expect(decoded.join('')).toBe(expected);
  });

  test('encodes again every character that it decodes', () => {
    const decode = createDecoder(charset);
    for (let first = 0xa1; first < 0xff; first += 1)
      for (let second = 0xa1; second < 0xff; second += 1) {
        const text = decode(Buffer.from([first, second, 0x0a])).slice(0, -1);
        if (text.includes('\uFFFD') || text === '') continue;
        expect(decode(encode(text, charset))).toBe(text);
      }
  });
});
