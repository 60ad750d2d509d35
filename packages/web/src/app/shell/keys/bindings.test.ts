import { describe, expect, test } from 'vitest';
import { shortcutOf } from '../../../features/sessions/screen/keys.ts';
import { tabActions, type TabAction } from '../../../workspace/tab-actions.ts';
import { shellShortcuts, terminalShortcuts, type Combination } from '../shortcuts.ts';
import { actionOf, bindingsOf, defaultBindings, isWarning, problemOf } from './bindings.ts';
import { combinationOf } from './combination.ts';

function press(combination: string, more: object = {}) {
  const keys = combination.split('+');
  const key = keys.at(-1) ?? '';
  return {
    key,
    code: /^\d$/.test(key) ? `Digit${key}` : /^[A-Z]$/.test(key) ? `Key${key}` : key,
    ctrlKey: keys.includes('Ctrl'),
    shiftKey: keys.includes('Shift'),
    altKey: keys.includes('Alt'),
    metaKey: keys.includes('Meta'),
    ...more,
  };
}

describe('a combination', () => {
  test.each(['Ctrl+Shift+ArrowLeft', 'Alt+1', 'Meta+K', 'F5', 'Ctrl+Alt+Shift+Q'])(
    'is read as it is stored: %s',
    (keys) => {
      expect(combinationOf(press(keys))).toBe(keys);
    },
  );

  test('takes letters by their label, digits by their position, and both without Latin letters', () => {
    expect(combinationOf(press('Ctrl+Shift+Z', { key: 'z' }))).toBe('Ctrl+Shift+Z');
    expect(combinationOf(press('Ctrl+Shift+Z', { code: 'KeyY' }))).toBe('Ctrl+Shift+Z');
    expect(combinationOf(press('Alt+3', { key: '³' }))).toBe('Alt+3');
    expect(combinationOf(press('Ctrl+Shift+Z', { key: 'Я' }))).toBe('Ctrl+Shift+Z');
  });

  test.each(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'])('is not %s alone', (key) => {
    expect(combinationOf(press('Ctrl+x', { key, code: 'ControlLeft' }))).toBeUndefined();
  });
});

describe('the keys for tabs', () => {
  const own = (action: TabAction, keys: string) => bindingsOf({ [action]: keys });

  test('run their actions', () => {
    for (const action of tabActions) {
      const keys = defaultBindings[action];
      if (keys !== null) expect(actionOf(press(keys), defaultBindings)?.action).toBe(action);
    }
  });

  test.each([
    'Alt+ArrowLeft',
    'Alt+ArrowRight',
    'Alt+1',
    'Alt+9',
    'Ctrl+Shift+6',
    'Ctrl+W',
    'Ctrl+T',
    'Ctrl+ArrowLeft',
  ])('leave %s to the shell', (keys) => {
    expect(actionOf(press(keys), defaultBindings)).toBeUndefined();
    expect(shortcutOf(press(keys), false)).toBeUndefined();
  });

  test('are those that the person chose; an action can have none', () => {
    expect(actionOf(press('Alt+ArrowLeft'), own('previousTab', 'Alt+ArrowLeft'))?.action).toBe('previousTab');
    expect(actionOf(press('Ctrl+Shift+ArrowLeft'), own('previousTab', 'Alt+ArrowLeft'))).toBeUndefined();
    expect(actionOf(press('Ctrl+Shift+X'), own('closeTab', ''))).toBeUndefined();
    expect(bindingsOf({ removedAction: 'Alt+X' })).toEqual(defaultBindings);
  });

  test('with a digit go to that tab', () => {
    const bindings = own('tabByNumber', 'Alt+1');
    expect(actionOf(press('Alt+4'), bindings)).toEqual({ action: 'tabByNumber', index: 3 });
    expect(actionOf(press('Alt+0'), bindings)).toBeUndefined();
    expect(actionOf(press('Alt+Shift+4'), bindings)).toBeUndefined();
  });
});

describe('a conflict', () => {
  const kindOf = (keys: string, action: TabAction = 'nextTab', bindings = defaultBindings) =>
    problemOf(keys, action, bindings)?.kind;

  test('is in no default', () => {
    for (const action of tabActions) {
      const keys = defaultBindings[action];
      if (keys !== null) expect([action, kindOf(keys, action)]).toEqual([action, undefined]);
    }
  });

  test('with text, with the app, or with another action refuses the keys', () => {
    expect(kindOf('A')).toBe('modifier');
    expect(kindOf('Shift+ArrowLeft')).toBe('modifier');
    expect(kindOf('Ctrl+Shift+L')).toBe('action');
    expect(kindOf('Ctrl+Alt+Shift+X', 'tabByNumber')).toBe('digit');
    expect(kindOf('Alt+3', 'nextTab', bindingsOf({ tabByNumber: 'Alt+1' }))).toBe('action');
    expect(kindOf('Alt+1', 'tabByNumber', bindingsOf({ nextTab: 'Alt+3' }))).toBe('action');
    for (const kind of ['modifier', 'digit', 'app'] as const) expect(isWarning({ kind })).toBe(false);
  });

  test('is known for every key of the palette and of terminals', () => {
    const shell = shellShortcuts.flatMap(({ combinations, inTerminal = [] }) => [...combinations, ...inTerminal]);
    const terminal = terminalShortcuts.map(([, combination]): Combination => combination);
    for (const combination of [...shell, ...terminal].filter(([key]) => key === 'Mod')) {
      const keys = combination.map((key) => (key === 'Mod' ? 'Ctrl' : key === '+' ? 'Plus' : key)).join('+');
      expect([keys, kindOf(keys)]).toEqual([keys, 'app']);
    }
  });

  test.each([
    ['Ctrl+T', 'browser'],
    ['Ctrl+PageDown', 'browser'],
    ['Alt+ArrowLeft', 'shell'],
    ['Ctrl+A', 'shell'],
    ['F5', 'shell'],
    ['Ctrl+Shift+6', 'shell'],
  ] as const)('with what %s is otherwise is said, and allowed', (keys, kind) => {
    expect(kindOf(keys)).toBe(kind);
    expect(isWarning({ kind })).toBe(true);
  });

  test.each(['Ctrl+Shift+F5', 'Ctrl+Alt+Shift+1', 'Meta+J'])('is not seen in %s', (keys) => {
    expect(kindOf(keys)).toBeUndefined();
  });
});
