import { expect, test } from 'vitest';
import { panesOf } from './layout.ts';
import {
  addPane,
  addTab,
  changePane,
  closePane,
  joinTab,
  moveTab,
  neighbourOf,
  newTab,
  renameTab,
  resizePanes,
  separatePane,
  storedWorkspaceSchema,
  tabBeside,
  type Workspace,
} from './workspace.ts';

const pane = (id: string) => ({ id, kind: 'terminal', target: { entryId: 1, name: 'web-1' } });
const three: Workspace = { tabs: ['a', 'b', 'c'].map((id) => newTab(id, pane(`${id}1`))) };
const idsOf = ({ tabs }: Workspace) => tabs.map(({ id }) => id).join('');

test('opens a tab beside another, or at the end', () => {
  expect(idsOf(addTab(three, newTab('d', pane('d1')), 'a'))).toBe('adbc');
  expect(idsOf(addTab(three, newTab('d', pane('d1'))))).toBe('abcd');
});

test('moves a tab to another place', () => {
  expect(idsOf(moveTab(three, 'a', 2))).toBe('bca');
  expect(idsOf(moveTab(three, 'c', 0))).toBe('cab');
});

test('goes around the ends from tab to tab', () => {
  expect(tabBeside(three, 'c', 1)).toBe('a');
  expect(tabBeside(three, 'a', -1)).toBe('c');
  expect(tabBeside(three, undefined, 1)).toBe('a');
  expect(tabBeside({ tabs: [] }, undefined, 1)).toBeUndefined();
});

test('shows the right neighbour of a tab that closes, else the left one', () => {
  expect([neighbourOf(three, 'a'), neighbourOf(three, 'c')]).toEqual(['b', 'b']);
});

test('gives a tab back its own name when its title is emptied', () => {
  const named = renameTab(three, 'a', ' logs ');
  expect(named.tabs[0]).toMatchObject({ title: 'logs' });
  expect(renameTab(named, 'a', ' ').tabs[0]).not.toHaveProperty('title');
});

function quartered(): Workspace {
  const add = (known: Workspace, paneId: string, direction: 'right' | 'below', newId: string) =>
    addPane(known, { tabId: 'a', paneId, direction, splitId: `s${newId}`, pane: pane(newId) });
  return add(add(add(three, 'a1', 'right', 'a2'), 'a1', 'below', 'a3'), 'a2', 'below', 'a4');
}

test('divides a tab into four panes and closes them one by one, the tab with the last', () => {
  let known = quartered();
  const layoutOf = (workspace: Workspace) => workspace.tabs[0]?.layout ?? { kind: 'pane', paneId: '' };
  expect(panesOf(layoutOf(known))).toEqual(['a1', 'a3', 'a2', 'a4']);
  known = closePane(closePane(known, 'a', 'a1'), 'a', 'a4');
  expect(panesOf(layoutOf(known))).toEqual(['a3', 'a2']);
  expect(known.tabs[0]?.activePaneId).toBe('a3');
  known = closePane(closePane(known, 'a', 'a3'), 'a', 'a2');
  expect(idsOf(known)).toBe('bc');
});

test('keeps the divider within bounds', () => {
  const moved = resizePanes(quartered(), 'a', { id: 'sa2', ratio: 2 });
  expect(moved.tabs[0]?.layout).toMatchObject({ ratio: 0.9 });
});

test('comes back from storage as it was, without broadcast', () => {
  const known = changePane(quartered(), 'a3', (one) => ({ ...one, sessionId: 12 }));
  const broadcasting = { tabs: known.tabs.map((tab) => ({ ...tab, broadcast: true })) };
  expect(storedWorkspaceSchema.parse(JSON.parse(JSON.stringify(broadcasting)))).toEqual(known);
});

test('drops stored tabs whose parts do not fit together', () => {
  const [first] = quartered().tabs;
  expect(storedWorkspaceSchema.parse({ tabs: [{ ...first, panes: [pane('a1')] }] })).toEqual({ tabs: [] });
});

const join = (known: Workspace, paneId: string, joinedTabId: string) =>
  joinTab(known, { tabId: 'a', paneId, direction: 'below', splitId: `with-${joinedTabId}`, joinedTabId });

test('takes all panes of another tab beside one, as they stand', () => {
  const known = join(quartered(), 'a4', 'b');
  expect(idsOf(known)).toBe('ac');
  expect(known.tabs[0]).toMatchObject({ activePaneId: 'b1' });
  expect(panesOf(known.tabs[0]?.layout ?? { kind: 'pane', paneId: '' })).toEqual(['a1', 'a3', 'a2', 'a4', 'b1']);
  expect(storedWorkspaceSchema.parse(known)).toEqual(known);
});

test('joins no tab with itself, and none where its panes would be too small', () => {
  expect(join(three, 'a1', 'a')).toBe(three);
  expect(join(three, 'a1', 'gone')).toBe(three);
  const [tab] = quartered().tabs;
  const deep = (id: string): Workspace['tabs'][number] => ({
    ...(tab ?? newTab(id, pane('x'))),
    id,
    layout: {
      kind: 'split',
      id: 's',
      direction: 'right',
      ratio: 0.5,
      first: { kind: 'pane', paneId: 'x' },
      second: tab?.layout ?? { kind: 'pane', paneId: 'y' },
    },
  });
  const known = { tabs: [...quartered().tabs, deep('d')] };
  expect(join(known, 'a4', 'd')).toBe(known);
});

test('gives a pane a tab of its own, with its session', () => {
  const known = changePane(quartered(), 'a4', (one) => ({ ...one, sessionId: 12 }));
  const parted = separatePane(known, 'a', 'a4', 'd');
  expect(idsOf(parted)).toBe('adbc');
  expect(parted.tabs[0]?.panes.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
  expect(parted.tabs[1]).toEqual(newTab('d', { ...pane('a4'), sessionId: 12 }));
  expect(separatePane(three, 'a', 'a1', 'd')).toBe(three);
});

const stored = {
  tabs: [
    {
      id: 'a',
      layout: { kind: 'pane', paneId: 'a1' },
      panes: [
        {
          id: 'a1',
          target: { entryId: 1, name: 'web-1', identityId: 3 },
          sessionId: 12,
          size: { cols: 100, rows: 30 },
        },
      ],
      activePaneId: 'a1',
    },
  ],
};

test('reads layouts from before there were kinds: every pane was a terminal', () => {
  const target = { entryId: 1, name: 'web-1', identityId: 3 };
  const read = { id: 'a1', kind: 'terminal', target, sessionId: 12, state: { cols: 100, rows: 30 } };
  expect(storedWorkspaceSchema.parse(stored).tabs[0]?.panes).toEqual([read]);
});

test('keeps what it does not know of a kind, a target and a state', () => {
  const pane = { id: 'a1', kind: 'holograms', target: { name: 'x', depth: 3 }, state: { angle: 12 } };
  const known = { tabs: [newTab('a', pane)] };
  expect(storedWorkspaceSchema.parse(JSON.parse(JSON.stringify(known)))).toEqual(known);
});
