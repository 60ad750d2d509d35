import { expect, test } from 'vitest';
import type { Layout } from './layout.ts';
import { rectanglesOf } from './rectangles.ts';

test('gives every pane its room and every divider its place', () => {
  const layout: Layout = {
    kind: 'split',
    id: 's1',
    direction: 'right',
    ratio: 0.25,
    first: { kind: 'pane', paneId: 'a' },
    second: {
      kind: 'split',
      id: 's2',
      direction: 'below',
      ratio: 0.5,
      first: { kind: 'pane', paneId: 'b' },
      second: { kind: 'pane', paneId: 'c' },
    },
  };
  expect(rectanglesOf(layout)).toEqual({
    panes: [
      { paneId: 'a', rectangle: { x: 0, y: 0, width: 0.25, height: 1 } },
      { paneId: 'b', rectangle: { x: 0.25, y: 0, width: 0.75, height: 0.5 } },
      { paneId: 'c', rectangle: { x: 0.25, y: 0.5, width: 0.75, height: 0.5 } },
    ],
    dividers: [
      { splitId: 's1', direction: 'right', ratio: 0.25, rectangle: { x: 0, y: 0, width: 1, height: 1 } },
      { splitId: 's2', direction: 'below', ratio: 0.5, rectangle: { x: 0.25, y: 0, width: 0.75, height: 1 } },
    ],
  });
});
