import { expect, test } from 'vitest';
import { Scrollback } from './scrollback.ts';

test('keeps the newest bytes, however they came', () => {
  const scrollback = new Scrollback(8);
  expect(scrollback.read().toString()).toBe('');
  for (const [chunk, kept] of [
    ['', ''],
    ['abc', 'abc'],
    ['', 'abc'],
    ['def', 'abcdef'],
    ['ghij', 'cdefghij'],
    ['k', 'defghijk'],
    ['0123456789', '23456789'],
    ['abcdefgh', 'abcdefgh'],
  ] as const) {
    scrollback.push(Buffer.from(chunk));
    expect(scrollback.read().toString()).toBe(kept);
  }
});

test('keeps the same as one long text would end with, at any size of chunks', () => {
  const text = Array.from({ length: 5_000 }, (_, index) => `${index} `).join('');
  for (const size of [1, 7, 1_000, 4_096, 9_999, 20_000]) {
    const scrollback = new Scrollback(10_000);
    for (let at = 0; at < text.length; at += size) scrollback.push(Buffer.from(text.slice(at, at + size)));
    expect(scrollback.read().toString()).toBe(text.slice(-10_000));
  }
});

test('is not changed by what is done to a chunk later', () => {
  const scrollback = new Scrollback(100);
  const chunk = Buffer.from('before');
  scrollback.push(chunk);
  const read = scrollback.read();
  chunk.fill('x');
  scrollback.push(Buffer.from(' after'));
  expect(read.toString()).toBe('before');
  expect(scrollback.read().toString()).toBe('before after');
});
