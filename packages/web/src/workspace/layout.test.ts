import { describe, expect, test } from 'vitest';
import {
  canSplit,
  layoutSchema,
  minRatio,
  panesOf,
  removePane,
  resizeSplit,
  splitPane,
  type Layout,
} from './layout.ts';

const leaf = (paneId: string): Layout => ({ kind: 'pane', paneId });
const split = (
  id: string,
  first: Layout,
  second: Layout,
  facts: { ratio?: number; direction?: 'below' } = {},
): Layout => ({
  kind: 'split',
  id,
  direction: 'right',
  ratio: 0.5,
  first,
  second,
  ...facts,
});

/** a beside (b above c). */
const nested = split('s1', leaf('a'), split('s2', leaf('b'), leaf('c'), { direction: 'below' }));

/** Each pane is split once more: `depth` splits lie above the last two. */
function deep(depth: number): Layout {
  const inner = depth === 1 ? leaf('deepest') : deep(depth - 1);
  return split(`d${depth}`, leaf(`p${depth}`), inner);
}

describe('the panes of a layout', () => {
  test('are listed in reading order', () => {
    expect(panesOf(leaf('a'))).toEqual(['a']);
    expect(panesOf(nested)).toEqual(['a', 'b', 'c']);
    expect(panesOf(split('s0', nested, leaf('d')))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('can be split while there are fewer than four splits above them', () => {
    expect(canSplit(leaf('a'), 'a')).toBe(true);
    expect(canSplit(deep(3), 'deepest')).toBe(true);
    expect(canSplit(deep(4), 'deepest')).toBe(false);
    // Another pane of the same layout is higher up.
    expect(canSplit(deep(4), 'p4')).toBe(true);
  });

  test('that are not in it cannot be split', () => {
    expect(canSplit(nested, 'closed')).toBe(false);
    expect(canSplit(leaf('a'), 'closed', leaf('b'))).toBe(false);
  });

  test('have room for a layout only if it fits below the limit as a whole', () => {
    expect(canSplit(leaf('a'), 'a', deep(3))).toBe(true);
    expect(canSplit(leaf('a'), 'a', deep(4))).toBe(false);
    expect(canSplit(nested, 'b', split('x', leaf('x1'), leaf('x2')))).toBe(true);
    expect(canSplit(nested, 'b', deep(2))).toBe(false);
    expect(canSplit(nested, 'a', deep(2))).toBe(true);
  });
});

describe('splitting', () => {
  const added = leaf('new');

  test.each(['right', 'below'] as const)('puts the new pane %s of the old one, in equal halves', (direction) => {
    expect(splitPane(leaf('a'), { id: 's', paneId: 'a', added, direction })).toEqual({
      kind: 'split',
      id: 's',
      direction,
      ratio: 0.5,
      first: leaf('a'),
      second: added,
    });
  });

  test('leaves the rest of the layout as the same objects', () => {
    const changed = splitPane(nested, { id: 's', paneId: 'a', added, direction: 'below' });
    expect(panesOf(changed)).toEqual(['a', 'new', 'b', 'c']);
    expect(changed).toMatchObject({ id: 's1', ratio: 0.5 });
    expect(changed.kind === 'split' && nested.kind === 'split' && changed.second === nested.second).toBe(true);
  });

  test('of a pane that is not there changes nothing', () => {
    expect(splitPane(nested, { id: 's', paneId: 'x', added, direction: 'right' })).toBe(nested);
  });
});

describe('removing a pane', () => {
  test('gives its room to its neighbour', () => {
    expect(removePane(nested, 'b')).toEqual(split('s1', leaf('a'), leaf('c')));
    expect(removePane(nested, 'a')).toEqual(split('s2', leaf('b'), leaf('c'), { direction: 'below' }));
  });

  test('keeps the shares of the splits that remain', () => {
    const uneven = split('s1', leaf('a'), split('s2', leaf('b'), leaf('c'), { ratio: 0.3 }), { ratio: 0.7 });
    expect(removePane(uneven, 'c')).toEqual(split('s1', leaf('a'), leaf('b'), { ratio: 0.7 }));
  });

  test('leaves nothing if it was the last, and everything if it is not there', () => {
    expect(removePane(leaf('a'), 'a')).toBeUndefined();
    expect(removePane(leaf('a'), 'x')).toEqual(leaf('a'));
    expect(removePane(nested, 'x')).toEqual(nested);
  });
});

describe('moving a divider', () => {
  test.each([
    [0.42, 0.42],
    [0, minRatio],
    [-3, minRatio],
    [1, 1 - minRatio],
    [minRatio, minRatio],
    [1 - minRatio, 1 - minRatio],
  ])('to %d gives the first half %d', (wanted, ratio) => {
    const moved = resizeSplit(nested, 's2', wanted);
    expect(moved).toMatchObject({ ratio: 0.5, second: { id: 's2', ratio } });
  });

  test('that is not there changes nothing', () => {
    expect(resizeSplit(nested, 'x', 0.2)).toBe(nested);
    expect(resizeSplit(leaf('a'), 's1', 0.2)).toEqual(leaf('a'));
  });
});

describe('a stored layout', () => {
  test('is read as it was written', () => {
    expect(layoutSchema.parse(JSON.parse(JSON.stringify(deep(4))))).toEqual(deep(4));
  });

  test.each([
    ['a share out of bounds', { ...nested, ratio: 0.05 }],
    ['a share that is no number', { ...nested, ratio: null }],
    ['an unknown direction', { ...nested, direction: 'above' }],
    ['a missing half', { ...nested, second: undefined }],
    ['an unknown kind', { kind: 'stack', panes: ['a'] }],
    ['a pane without an id', { kind: 'pane' }],
    ['a fault far inside', { ...nested, second: split('s2', leaf('b'), { kind: 'pane' } as unknown as Layout) }],
  ])('with %s is refused', (_, stored) => {
    expect(layoutSchema.safeParse(stored).success).toBe(false);
  });
});
