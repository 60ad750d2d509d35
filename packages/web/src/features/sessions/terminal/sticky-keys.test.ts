import { expect, test } from 'vitest';
import { withModifiers } from './sticky-keys.ts';

const press = (key: string, ctrl: boolean, alt: boolean) =>
  String.fromCharCode(...withModifiers(new TextEncoder().encode(key), { ctrl, alt }));

test('makes of a key what it is with Ctrl and Alt', () => {
  expect(press('c', true, false)).toBe('\u0003');
  expect(press('C', true, false)).toBe('\u0003');
  expect(press('[', true, false)).toBe('\u001B');
  expect(press(' ', true, false)).toBe('\u0000');
  expect(press('?', true, false)).toBe('\u007F');
  expect(press('b', false, true)).toBe('\u001Bb');
  expect(press('c', true, true)).toBe('\u001B\u0003');
  expect(press('ä', true, false)).toBe(String.fromCharCode(...new TextEncoder().encode('ä')));
  expect(press('1', true, false)).toBe('1');
});
