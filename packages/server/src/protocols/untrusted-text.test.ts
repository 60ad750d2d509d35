import { describe, expect, test } from 'vitest';
import { sanitize, sanitizeLines } from './untrusted-text.ts';

describe('text of a server', () => {
  test.for([
    ['escape sequences', '\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['line breaks', 'a\r\nb\u2028c', 'a b c'],
    ['bidirectional overrides', 'pass\u202edrow\u2066', 'pass drow'],
    ['C1 controls and NUL', '\u009b2Ja\u0000', '2Ja'],
  ])('loses its %s', ([, text, shown]) => {
    expect(sanitize(text ?? '')).toBe(shown);
  });

  test('keeps every script', () => {
    expect(sanitize('Пароль für 山田 🔑:')).toBe('Пароль für 山田 🔑:');
  });

  test('is cut where it is too long, and never inside a character', () => {
    expect(sanitize('x'.repeat(10_000), 10)).toBe(`${'x'.repeat(10)}…`);
    expect(sanitize('🔑🔑🔑', 3).isWellFormed()).toBe(true);
  });
});

test('text of several lines keeps them, and their indentation', () => {
  const text = '\r\n\n  Authorized\u001b[2J users\tonly\r\n\r\n\r\n\r\rsince\u202e 1970\n\n';
  expect(sanitizeLines(text)).toBe('  Authorized [2J users only\n\nsince  1970');
});
