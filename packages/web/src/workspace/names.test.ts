import { expect, test } from 'vitest';
import { nextNumber, shownNameOf } from './names.ts';
import { newTab, renameTab, type Tab } from './workspace.ts';

const tab = (id: string, name: string, number?: number): Tab => ({
  ...newTab(id, { id: `${id}1`, kind: 'terminal', target: { name } }),
  ...(number === undefined ? {} : { number }),
});
const shown = (tabs: readonly Tab[]) => tabs.map((one) => shownNameOf(one, tabs));

test('tabs with the same name have numbers', () => {
  expect(shown([tab('a', 'web-1', 1), tab('b', 'db', 1), tab('c', 'web-1', 2)])).toEqual(['web-1', 'db', 'web-1 (2)']);
});

test('a tab keeps its number when others close, and a new one gets the lowest that is free', () => {
  const [a, b, c] = [tab('a', 'web-1', 1), tab('b', 'web-1', 2), tab('c', 'web-1', 3)];
  expect(shown([a, c])).toEqual(['web-1', 'web-1 (3)']);
  expect(nextNumber(tab('d', 'web-1'), [a, c])).toBe(2);
  expect(nextNumber(tab('d', 'web-2'), [a, b, c])).toBe(1);
});

test('tabs get numbers also if they came to their name later', () => {
  const renamed = renameTab({ tabs: [tab('a', 'web-1', 1), tab('b', 'db', 1)] }, 'b', 'web-1').tabs;
  expect(shown(renamed)).toEqual(['web-1', 'web-1 (2)']);
  expect(shown([tab('a', 'web-1'), tab('b', 'web-1')])).toEqual(['web-1', 'web-1 (2)']);
});
