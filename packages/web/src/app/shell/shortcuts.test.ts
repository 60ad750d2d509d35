import { expect, test } from 'vitest';
import { shortcutOf } from '../../features/sessions/screen/keys.ts';
import { shellShortcutOf, shellShortcuts, terminalShortcuts, type Combination, type Situation } from './shortcuts.ts';

const names: Readonly<Record<string, string>> = { larger: 'zoom', smaller: 'zoom', usual: 'zoom' };
const page: Situation = { isMac: false, inTerminal: false, inField: false };
const terminal: Situation = { isMac: false, inTerminal: true, inField: true };

function press(combination: Combination, isMac = false) {
  const key = combination.at(-1) ?? '';
  return {
    key,
    code: /^\d$/.test(key) ? `Digit${key}` : '',
    ctrlKey: combination.includes('Mod') && !isMac,
    metaKey: combination.includes('Mod') && isMac,
    shiftKey: combination.includes('Shift'),
    altKey: combination.includes('Alt'),
  };
}

const told = terminalShortcuts.map(([name, ...combinations]) => ({ name, combinations }));

test.each(told)('tells of $name as the terminal knows it', ({ name, combinations }) => {
  for (const combination of combinations) expect(shortcutOf(press(combination), false)?.kind).toBe(names[name] ?? name);
});

test.each(shellShortcuts)('listens for $name as it tells', ({ name, combinations, inTerminal = [] }) => {
  for (const combination of combinations) expect(shellShortcutOf(press(combination), page)).toBe(name);
  for (const combination of inTerminal) expect(shellShortcutOf(press(combination), terminal)).toBe(name);
});

test('leaves Ctrl+K and Ctrl+P to the shell of a terminal', () => {
  expect(shellShortcutOf(press(['Mod', 'K']), terminal)).toBeUndefined();
  expect(shellShortcutOf(press(['Mod', 'P']), terminal)).toBeUndefined();
});

test('takes the command key of a Mac in a terminal too, and leaves Ctrl to the text', () => {
  expect(shellShortcutOf(press(['Mod', 'K'], true), { ...terminal, isMac: true })).toBe('palette');
  expect(shellShortcutOf(press(['Mod', 'K']), { ...page, isMac: true })).toBeUndefined();
});

test('lets a question mark be typed', () => {
  expect(shellShortcutOf(press(['?']), { ...page, inField: true })).toBeUndefined();
});
