import { expect, test } from 'vitest';
import { markSeen, markUnseen, unseenIn, unseenPanes } from './unseen.ts';
import { newTab } from './workspace.ts';

test('a tab shows the bell of any pane before activity, until they are seen', () => {
  const tab = newTab('a', { id: 'a1', kind: 'terminal', target: { name: 'web-1' } });
  const both = { ...tab, panes: [...tab.panes, { id: 'a2', kind: 'terminal', target: { name: 'db' } }] };
  const shown = () => unseenIn(both, unseenPanes.get());
  expect(shown()).toBeUndefined();
  markUnseen('a1', 'activity');
  expect(shown()).toBe('activity');
  markUnseen('a2', 'bell');
  markUnseen('a2', 'activity');
  expect(shown()).toBe('bell');
  markSeen('a2');
  expect(shown()).toBe('activity');
  markSeen('a1');
  markSeen('a1');
  expect([shown(), unseenPanes.get().size]).toEqual([undefined, 0]);
});
