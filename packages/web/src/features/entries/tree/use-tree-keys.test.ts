import type { KeyboardEvent } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hookOf } from '../../../../test/rendering/rendered.tsx';
import { folder, server } from '../../../../test/rendering/samples.ts';
import { indexOf } from '../tree-index.ts';
import { rowsOf } from '../tree-rows.ts';
import type { RowActions } from './row-actions.ts';
import { useTreeKeys } from './use-tree-keys.ts';

const index = indexOf([
  folder(1, [server(1, { name: 'alpha' }), server(2, { name: 'beta' })], { name: 'Home' }),
  folder(2, [], { name: 'Attic' }),
  ...Array.from({ length: 15 }, (_, position) => server(10 + position, { name: `host-${position}` })),
]);

/** A tree with the keyboard on the row with the key; what its keys did is told in words. */
function tree(activeKey: string, collapsed: readonly string[] = []) {
  const rows = rowsOf(index, { collapsed: new Set(collapsed), search: '', favourites: [] });
  const active = rows.findIndex(({ key }) => key === activeKey);
  const done: string[] = [];
  const actions: RowActions = {
    activate: (row) => void done.push(`activate ${row.key}`),
    show: (row) => void done.push(`show ${row.key}`),
    connect: (row) => void done.push(`connect ${row.key}`),
    fold: (key, up) => void done.push(`${up ? 'fold' : 'unfold'} ${key}`),
    rename: (row) => void done.push(`rename ${row.key}`),
    openMenu: (row, at) => void done.push(`menu ${row.key} at ${at.x},${at.y}`),
    mayDrag: () => false,
    operationsOn: () => ({}),
    drop: () => undefined,
  };
  const onKey = hookOf(() =>
    useTreeKeys({
      rows,
      active,
      actions,
      moveTo: (position) => void done.push(`to ${rows[position]?.key ?? position}`),
      boxOf: (row) => (row.key === 'server-1' ? ({ left: 8, bottom: 40 } as DOMRect) : undefined),
    }),
  );
  function press(key: string, modifiers: Partial<KeyboardEvent> = {}): string {
    done.length = 0;
    const target = {};
    const preventDefault = () => void done.push('taken');
    onKey({ key, target, currentTarget: target, preventDefault, ...modifiers } as unknown as KeyboardEvent);
    return done.join(', ');
  }
  return { press };
}

describe('moving', () => {
  test.each([
    ['server-1', 'ArrowDown', 'server-2'],
    ['server-1', 'ArrowUp', 'folder-1'],
    ['mine', 'ArrowUp', 'mine'],
    ['server-24', 'ArrowDown', 'server-24'],
    ['mine', 'PageDown', 'server-15'],
    ['server-24', 'PageUp', 'server-14'],
    ['server-2', 'PageUp', 'mine'],
    ['server-2', 'End', 'server-24'],
    ['server-2', 'Home', 'mine'],
  ])('from %s with %s goes to %s, and not beyond the ends', (from, key, to) => {
    expect(tree(from).press(key)).toBe(`to ${to}, taken`);
  });
});

describe('folding', () => {
  test.each([
    // Right unfolds, then goes to the first inside; Left folds up, then goes to what it is in.
    ['folder-1', 'ArrowRight', ['folder-1'], 'unfold folder-1, taken'],
    ['folder-1', 'ArrowRight', [], 'to server-1, taken'],
    ['folder-1', 'ArrowLeft', [], 'fold folder-1, taken'],
    ['folder-1', 'ArrowLeft', ['folder-1'], 'to mine, taken'],
    ['server-2', 'ArrowLeft', [], 'to folder-1, taken'],
    ['server-2', 'ArrowRight', [], 'taken'],
    // There is nothing inside to go to.
    ['folder-2', 'ArrowRight', [], 'taken'],
    ['mine', 'ArrowLeft', ['mine'], 'to mine, taken'],
  ])('%s with %s where %j are folded up: %s', (from, key, collapsed, what) => {
    expect(tree(from, collapsed).press(key)).toBe(what);
  });
});

describe('acting', () => {
  test.each([
    ['Enter', 'connect server-1, taken'],
    [' ', 'show server-1, taken'],
    ['F2', 'rename server-1, taken'],
    ['ContextMenu', 'menu server-1 at 40,40, taken'],
    ['Tab', ''],
    ['Escape', ''],
    ['F10', ''],
  ])('%j does: %s', (key, what) => {
    expect(tree('server-1').press(key)).toBe(what);
  });

  test('the menu opens with Shift+F10, too, where the line is in the page', () => {
    expect(tree('server-1').press('F10', { shiftKey: true })).toBe('menu server-1 at 40,40, taken');
    expect(tree('server-2').press('ContextMenu')).toBe('taken');
  });

  test.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }])('%j is left to the browser', (modifier) => {
    for (const key of ['Enter', 'ArrowDown', 'a', 'F2']) expect(tree('server-1').press(key, modifier)).toBe('');
  });

  test('keys of a field inside a line are its own', () => {
    for (const key of ['Enter', 'ArrowDown', 'a'])
      expect(tree('server-1').press(key, { target: {} as never })).toBe('');
  });

  test('an empty tree takes no key', () => {
    expect(tree('nothing').press('ArrowDown')).toBe('');
  });
});

describe('typing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('goes to the next name that begins so, around the end', () => {
    expect(tree('server-1').press('b')).toBe('to server-2, taken');
    expect(tree('server-2').press('A')).toBe('to folder-2, taken');
    expect(tree('server-2').press('x')).toBe('taken');
  });

  test('letters that follow fast make a word, and those that come later begin anew', () => {
    const { press } = tree('mine');
    expect(press('h')).toBe('to folder-1, taken');
    vi.advanceTimersByTime(300);
    expect(press('o')).toBe('to folder-1, taken');
    vi.advanceTimersByTime(300);
    expect(press('s')).toBe('to server-10, taken');
    vi.advanceTimersByTime(700);
    expect(press('b')).toBe('to server-2, taken');
  });
});
