import { afterEach, describe, expect, test, vi } from 'vitest';
import { observable } from '../../../lib/observable.ts';
import { appearance, defaultFontPx, largestFontPx, smallestFontPx } from '../screen/appearance.ts';
import { handleTerminalKey, zoom } from './shortcuts.ts';

const before = appearance.get();
afterEach(() => {
  appearance.set(before);
  vi.unstubAllGlobals();
});

/** Presses a key in a terminal with this selection. */
function press(keys: Partial<KeyboardEvent>, selection = '') {
  const copied: string[] = [];
  const prevented = vi.fn();
  const isSearching = observable(false);
  vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
  const event = { code: '', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...keys };
  const isHandled = handleTerminalKey({ ...event, preventDefault: prevented } as unknown as KeyboardEvent, {
    screen: { selection },
    isSearching,
  });
  return { isHandled, copied, isPrevented: prevented.mock.calls.length > 0, isSearching: isSearching.get() };
}

const nothing = { isHandled: false, copied: [], isPrevented: false, isSearching: false };

describe('a key in a terminal', () => {
  test('copies the selection with Ctrl+C, and interrupts without one', () => {
    expect(press({ key: 'c', ctrlKey: true }, 'text')).toMatchObject({
      isHandled: true,
      copied: ['text'],
      isPrevented: true,
    });
    expect(press({ key: 'c', ctrlKey: true })).toEqual(nothing);
  });

  test('does not empty the clipboard with Ctrl+Shift+C if nothing is selected', () => {
    expect(press({ key: 'C', ctrlKey: true, shiftKey: true })).toMatchObject({ isHandled: true, copied: [] });
  });

  test('leaves a paste to the browser, but keeps its key from the server', () => {
    expect(press({ key: 'V', ctrlKey: true, shiftKey: true })).toEqual({ ...nothing, isHandled: true });
    expect(press({ key: 'Insert', shiftKey: true })).toEqual({ ...nothing, isHandled: true });
  });

  test('opens the search', () => {
    expect(press({ key: 'F', ctrlKey: true, shiftKey: true })).toMatchObject({ isHandled: true, isSearching: true });
    expect(press({ key: 'f', ctrlKey: true })).toEqual(nothing);
  });

  test.each([
    ['+', 1],
    ['-', -1],
  ])('changes the font size with Ctrl and %s', (key, step) => {
    expect(press({ key, ctrlKey: true })).toMatchObject({ isHandled: true, isPrevented: true });
    expect(appearance.get().fontSize).toBe(before.fontSize + step);
  });

  test('is sent to the server otherwise', () => {
    expect(press({ key: 'a' }, 'text')).toEqual(nothing);
    expect(press({ key: 'c', ctrlKey: true, altKey: true }, 'text')).toEqual(nothing);
  });
});

describe('the font size', () => {
  const sizeAfter = (fontSize: number, step: -1 | 0 | 1) => {
    appearance.set({ ...before, fontSize });
    zoom(step);
    return appearance.get().fontSize;
  };

  test('changes by a pixel, and returns to the default', () => {
    expect([sizeAfter(15, 1), sizeAfter(15, -1), sizeAfter(22, 0)]).toEqual([16, 14, defaultFontPx]);
  });

  test('stays within its bounds', () => {
    expect([sizeAfter(largestFontPx, 1), sizeAfter(smallestFontPx, -1)]).toEqual([largestFontPx, smallestFontPx]);
  });

  test('changes nothing else', () => {
    zoom(1);
    expect({ ...appearance.get(), fontSize: before.fontSize }).toEqual(before);
  });
});
