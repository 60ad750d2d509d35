import { describe, expect, test } from 'vitest';
import { preferencesSchema } from './preferences.ts';

const usual = preferencesSchema.parse({});

describe('preferences', () => {
  test('of who never chose anything have a default each', () => {
    expect(usual).toEqual({
      favourites: [],
      recoveryKitConfirmedAt: null,
      keys: {},
      sets: [],
      terminal: {
        theme: 'auto',
        fontSize: 13,
        scrollbackLines: 10_000,
        cursorStyle: 'block',
        cursorBlink: true,
        copyOnSelect: false,
        pasteGuard: true,
        bell: false,
      },
    });
  });

  test('are kept as they were chosen', () => {
    const chosen = {
      favourites: [3, 1],
      recoveryKitConfirmedAt: '2026-03-04T10:00:00.000Z',
      sets: [{ name: 'staging', tabs: '[]' }],
      keys: { nextTab: 'Alt+N', closeTab: '' },
      terminal: {
        theme: 'nord',
        fontSize: 32,
        scrollbackLines: 100_000,
        cursorStyle: 'bar',
        cursorBlink: false,
        copyOnSelect: true,
        pasteGuard: false,
        bell: true,
      },
    };
    expect(preferencesSchema.parse(chosen)).toEqual(chosen);
  });

  test.each([
    ['a theme of another version', { theme: 'dracula' }],
    ['letters that are too small', { fontSize: 7 }],
    ['letters that are too large', { fontSize: 33 }],
    ['letters of half a pixel', { fontSize: 13.5 }],
    ['no lines to scroll back', { scrollbackLines: 99 }],
    ['more lines than memory holds', { scrollbackLines: 100_001 }],
    ['a cursor of another version', { cursorStyle: 'hollow' }],
    ['text for a switch', { bell: 'yes', pasteGuard: 0 }],
    ['something new', { ligatures: true }],
  ])('with %s are the usual ones there', (_, terminal) => {
    expect(preferencesSchema.parse({ terminal })).toEqual(usual);
  });

  test('a fault in one does not cost the others', () => {
    const { terminal, favourites } = preferencesSchema.parse({
      favourites: [1],
      recoveryKitConfirmedAt: 7,
      terminal: { fontSize: 'large', theme: 'nord' },
    });
    expect([favourites, terminal.theme, terminal.fontSize]).toEqual([[1], 'nord', 13]);
  });

  test.each([{ favourites: 'all' }, { favourites: [1, 'two'] }, { favourites: null }])(
    'favourites that are none, %j, are as good as nothing',
    (stored) => {
      expect(preferencesSchema.parse(stored).favourites).toEqual([]);
    },
  );

  test.each([{ terminal: null }, { terminal: 'dark' }, { terminal: [] }])('%j has the usual terminal', (stored) => {
    expect(preferencesSchema.parse(stored).terminal).toEqual(usual.terminal);
  });
});
