import { expect, test } from 'vitest';
import { tabShortcutOf } from './keys.ts';

function press(keys: string) {
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

test('goes to a tab by Alt with its number, and to those beside by Alt with an arrow', () => {
  expect(tabShortcutOf(press('Alt 3'))).toEqual({ kind: 'tab', index: 2 });
  expect(tabShortcutOf(press('Alt ArrowRight'))).toEqual({ kind: 'tabBeside', step: 1 });
  expect(tabShortcutOf(press('Alt ArrowLeft'))).toEqual({ kind: 'tabBeside', step: -1 });
});

test('finds the digit by the place of its key', () => {
  expect(tabShortcutOf({ ...press('Alt 3'), key: '³' })).toEqual({ kind: 'tab', index: 2 });
});

test.each(['3', 'ArrowRight', 'Alt 0', 'Alt b', 'Ctrl Alt 3', 'Alt Shift ArrowLeft', 'Alt Meta 1'])(
  'leaves %s to what the pane shows',
  (keys) => {
    expect(tabShortcutOf(press(keys))).toBeUndefined();
  },
);
