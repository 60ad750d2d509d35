import { expect, test } from 'vitest';
import { panesOf } from './layout.ts';
import { namesOf, setOf, tabsOf, withSet } from './sets.ts';
import { addPane, newTab, storedWorkspaceSchema } from './workspace.ts';

const pane = (id: string, name: string) => ({
  id,
  kind: 'terminal',
  target: { entryId: 1, name },
  sessionId: 7,
  state: 1,
});
const { tabs } = addPane(
  { tabs: [newTab('a', pane('a1', 'web-1')), { ...newTab('b', pane('b1', 'db')), title: 'logs', number: 2 }] },
  { tabId: 'a', paneId: 'a1', direction: 'below', splitId: 's', pane: pane('a2', 'web-2') },
);

test('a set opens as the tabs stood, without their sessions, as often as wanted', () => {
  const set = setOf('staging', tabs);
  expect(set.tabs).not.toContain('sessionId');
  expect(namesOf(set)).toEqual(['web-1, web-2', 'logs']);
  const [first, second] = [tabsOf(set), tabsOf(set)];
  expect(first.map(({ panes }) => panes.map(({ target }) => target.name))).toEqual([['web-1', 'web-2'], ['db']]);
  expect(first[0]?.layout).toMatchObject({ kind: 'split', direction: 'below' });
  expect(storedWorkspaceSchema.parse({ tabs: first }).tabs).toEqual(first);
  const ids = [...first, ...second].flatMap(({ id, layout }) => [id, ...panesOf(layout)]);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(['', '[', '{}', '[{"id":1}]'])('a set that is damaged (%j) opens nothing', (damaged) => {
  expect(tabsOf({ name: 'x', tabs: damaged })).toEqual([]);
});

test('a set replaces the one with its name', () => {
  const named = (name: string, text: string) => ({ name, tabs: text });
  expect(withSet([named('b', '1'), named('c', '2')], named('a', '3')).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(withSet([named('b', '1')], named('b', '2'))).toEqual([named('b', '2')]);
});

test('sets of thirty tabs fit into the preferences of an account', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    newTab(`tab-${index}`, pane(`pane-${index}`, `server-name-${index}`)),
  );
  expect(JSON.stringify(setOf('staging', many)).length).toBeLessThan(8 * 1024);
});
