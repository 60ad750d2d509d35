import { expect, test } from 'vitest';
import { shortcutOf, type Key } from './keys.ts';

function press(keys: string): Key {
  const parts = keys.split(' ');
  const key = parts.at(-1) ?? '';
  return {
    key,
    code: /^\d$/.test(key) ? `Digit${key}` : '',
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    metaKey: parts.includes('Meta'),
  };
}

const nothing = false;
const selected = true;

test('lets Ctrl+C interrupt unless something is selected', () => {
  expect(shortcutOf(press('Ctrl c'), nothing)).toBeUndefined();
  expect(shortcutOf(press('Ctrl c'), selected)).toEqual({ kind: 'copy' });
  expect(shortcutOf(press('Ctrl Shift C'), nothing)).toEqual({ kind: 'copy' });
  expect(shortcutOf(press('Meta c'), selected)).toEqual({ kind: 'copy' });
});

test.each(['Ctrl Shift V', 'Shift Insert', 'Meta v'])('pastes by %s', (keys) => {
  expect(shortcutOf(press(keys), nothing)).toEqual({ kind: 'paste' });
});

test.each([
  'Ctrl v',
  'Ctrl f',
  'Ctrl w',
  'Alt b',
  'Alt 0',
  'Alt 3',
  'Alt ArrowRight',
  'Ctrl Alt 3',
  'ArrowLeft',
  'a',
  '1',
])('leaves %s to the server', (keys) => {
  expect(shortcutOf(press(keys), nothing)).toBeUndefined();
});

test('changes the size of the letters by Ctrl with +, - and 0', () => {
  const steps = ['Ctrl +', 'Ctrl =', 'Ctrl -', 'Ctrl 0'].map((keys) => shortcutOf(press(keys), nothing));
  expect(steps).toEqual([1, 1, -1, 0].map((step) => ({ kind: 'zoom', step })));
});
