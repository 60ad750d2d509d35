import { expect, test } from 'vitest';
import { clipboardTextOf, hasSeveralLines, pasteOf, titleOf, webAddress } from './untrusted-text.ts';

test('shows a title as one short line in reading order', () => {
  expect(titleOf(' deploy@web-1: ~ ')).toBe('deploy@web-1: ~');
  expect(titleOf('a\u202Egnp.exe\u2066\nb\u0007')).toBe('agnp.exeb');
  expect(titleOf('x'.repeat(200))).toHaveLength(80);
  expect(titleOf('<b>&amp;')).toBe('<b>&amp;');
});

test('takes out of a paste what could end the bracketed paste', () => {
  expect(pasteOf('a\u001B[201~rm -rf /\r\n\tb\u0003\u009Bc')).toBe('a[201~rm -rf /\r\n\tbc');
  expect(hasSeveralLines('a\tb')).toBe(false);
  expect(hasSeveralLines('a\n')).toBe(true);
});

test('opens web addresses and nothing else', () => {
  expect(webAddress('https://example.org/a')?.href).toBe('https://example.org/a');
  for (const uri of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'not an address', ''])
    expect(webAddress(uri)).toBeUndefined();
});

test('reads what a server wants in the clipboard, and refuses to be read', () => {
  expect(clipboardTextOf(`c;${btoa('hello')}`)).toBe('hello');
  expect(clipboardTextOf(`;${Buffer.from('schön').toString('base64')}`)).toBe('schön');
  for (const data of ['c;?', 'c;', 'c;%%%', `c;${Buffer.of(0xff).toString('base64')}`, 'nothing'])
    expect(clipboardTextOf(data)).toBeUndefined();
});
