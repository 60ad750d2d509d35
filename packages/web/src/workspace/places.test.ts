import { expect, test } from 'vitest';
import type { Layout } from './layout.ts';
import { placesOf } from './places.ts';

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
  expect(placesOf(layout)).toEqual({
    panes: [
      { paneId: 'a', place: { x: 0, y: 0, width: 0.25, height: 1 } },
      { paneId: 'b', place: { x: 0.25, y: 0, width: 0.75, height: 0.5 } },
      { paneId: 'c', place: { x: 0.25, y: 0.5, width: 0.75, height: 0.5 } },
    ],
    dividers: [
      { splitId: 's1', direction: 'right', ratio: 0.25, place: { x: 0, y: 0, width: 1, height: 1 } },
      { splitId: 's2', direction: 'below', ratio: 0.5, place: { x: 0.25, y: 0, width: 0.75, height: 1 } },
    ],
  });
});
