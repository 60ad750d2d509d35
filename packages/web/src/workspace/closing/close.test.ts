import { IconFolder } from '@tabler/icons-react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { observable } from '../../lib/observable.ts';
import { activePaneOf } from '../actions.ts';
import { nameOf } from '../names.ts';
import { keepPanes, openPaneOf } from '../open-panes.ts';
import { registerPaneKind, type PaneState } from '../pane-kind.ts';
import { changeWorkspace, keepPane, openBeside, openTab, workspace } from '../store.ts';
import type { Tab } from '../workspace.ts';
import { close, riskOf, tabAfter } from './close.ts';
import { forgetClosed, isParked, parkMs, reopenLatest } from './parked.ts';

const ended: string[] = [];
const fullScreen = new Set<string>();
const states = new Map<string, PaneState>();

registerPaneKind({
  id: 'closable',
  icon: IconFolder,
  takesBroadcast: true,
  labelOf: ({ target }) => target.name,
  createRuntime: ({ id }) => ({
    state: observable<PaneState>(states.get(id) ?? 'open'),
    title: observable(''),
    start: vi.fn(),
    focus: vi.fn(),
    hasSession: () => (states.get(id) ?? 'open') !== 'connecting',
    isFullScreen: () => fullScreen.has(id),
    end: () => ended.push(id),
  }),
  View: () => null,
});
keepPanes();

const content = (name: string) => ({ kind: 'closable', target: { entryId: 1, name } });
const tabWith = (id: string): Tab => {
  const tab = workspace.get().tabs.find((one) => one.id === id);
  if (tab === undefined) throw new Error('the tab is closed');
  return tab;
};
const ids = () => workspace.get().tabs.map(({ id }) => id);
const activeIn = (id: string) => activePaneOf(tabWith(id)).id;

/** A tab with these panes, each to the right of the one before. */
function tabOf(...names: readonly string[]): string {
  const [first = 'web-1', ...others] = names;
  const tabId = openTab(content(first), { sessionId: 1 });
  for (const other of others) openBeside(content(other), { tabId, paneId: activeIn(tabId), direction: 'right' });
  for (const pane of tabWith(tabId).panes) {
    openPaneOf(pane);
    keepPane(pane.id, { sessionId: 7 });
  }
  return tabId;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  changeWorkspace(() => ({ tabs: [] }));
  forgetClosed();
  vi.useRealTimers();
  ended.length = 0;
  fullScreen.clear();
  states.clear();
});

describe('a closed tab', () => {
  test('keeps its session for a while, and opens again where it was, with the same session', () => {
    const [first, second, third] = [tabOf('web-1'), tabOf('web-2', 'db'), tabOf('web-3')];
    const before = tabWith(second);
    const runtimes = before.panes.map((pane) => openPaneOf(pane)?.runtime);
    expect(close({ tabIds: [second] })).toBe(true);
    expect(ids()).toEqual([first, third]);
    vi.advanceTimersByTime(parkMs - 1);
    expect(ended).toEqual([]);
    expect(reopenLatest()).toBe(second);
    expect(ids()).toEqual([first, second, third]);
    expect(tabWith(second)).toEqual(before);
    expect(tabWith(second).panes.map((pane) => openPaneOf(pane)?.runtime)).toEqual(runtimes);
    vi.advanceTimersByTime(parkMs * 2);
    expect(ended).toEqual([]);
  });

  test('ends its sessions afterwards; opened again then, it starts new ones', () => {
    const tabId = tabOf('web-1', 'db');
    const paneIds = tabWith(tabId).panes.map(({ id }) => id);
    close({ tabIds: [tabId] });
    expect(paneIds.map(isParked)).toEqual([true, true]);
    vi.advanceTimersByTime(parkMs);
    expect(ended).toEqual(paneIds);
    expect(paneIds.map(isParked)).toEqual([false, false]);
    reopenLatest();
    expect(nameOf(tabWith(tabId))).toBe('web-1, db');
    for (const pane of tabWith(tabId).panes) expect(pane).not.toHaveProperty('sessionId');
  });

  test('whose login is still in progress ends at once', () => {
    const tabId = openTab(content('web-1'));
    const paneId = activeIn(tabId);
    states.set(paneId, 'connecting');
    openPaneOf(activePaneOf(tabWith(tabId)));
    expect(close({ tabIds: [tabId] })).toBe(false);
    expect(ended).toEqual([paneId]);
    expect(reopenLatest()).toBe(tabId);
  });

  test('opens again together with those that were closed with it, each where it was', () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => tabOf(name));
    const [a, b, c, d] = all;
    close({ tabIds: [a, c, d].filter((id) => id !== undefined) });
    expect(ids()).toEqual([b]);
    reopenLatest();
    expect(ids()).toEqual(all);
    expect(reopenLatest()).toBeUndefined();
  });

  test('and one before it open again one after the other', () => {
    const [a, b] = [tabOf('a'), tabOf('b')];
    close({ tabIds: [a] });
    close({ tabIds: [b] });
    expect([reopenLatest(), ids()]).toEqual([b, [b]]);
    expect([reopenLatest(), ids()]).toEqual([a, [a, b]]);
  });

  test('is not there for another account: its session ends at once', () => {
    const tabId = tabOf('web-1');
    const paneId = activeIn(tabId);
    close({ tabIds: [tabId] });
    forgetClosed();
    expect(ended).toEqual([paneId]);
    expect(reopenLatest()).toBeUndefined();
  });
});

describe('a closed pane', () => {
  test('comes back into its place in the tab', () => {
    const tabId = tabOf('web-1', 'db');
    const before = tabWith(tabId);
    close({ tabId, paneId: activeIn(tabId) });
    expect(nameOf(tabWith(tabId))).toBe('web-1');
    expect(reopenLatest()).toBe(tabId);
    expect(tabWith(tabId)).toEqual(before);
  });

  test('gets a tab of its own if the other panes have changed', () => {
    const tabId = tabOf('web-1', 'db');
    const paneId = activeIn(tabId);
    close({ tabId, paneId });
    openBeside(content('cache'), { tabId, paneId: activeIn(tabId), direction: 'below' });
    const shown = reopenLatest() ?? '';
    expect(ids()).toEqual([tabId, shown]);
    expect(activeIn(shown)).toBe(paneId);
  });

  test('closes its tab if it is the last one', () => {
    const [tabId, other] = [tabOf('web-1'), tabOf('web-2')];
    close({ tabId, paneId: activeIn(tabId) });
    expect(ids()).toEqual([other]);
    reopenLatest();
    expect(ids()).toEqual([tabId, other]);
  });

  test('that is not in the tab changes nothing', () => {
    const tabId = tabOf('web-1', 'db');
    const before = workspace.get();
    close({ tabId, paneId: 'closed' });
    expect(workspace.get()).toEqual(before);
    expect(reopenLatest()).toBeUndefined();
  });
});

describe('the tab to show afterwards', () => {
  test('is the right neighbour, else the left one, of those that stay', () => {
    const [a, b, c] = [tabOf(), tabOf(), tabOf()];
    expect(tabAfter({ tabIds: [b] }, b)).toBe(c);
    expect(tabAfter({ tabIds: [c] }, c)).toBe(b);
    expect(tabAfter({ tabIds: [b, c] }, b)).toBe(a);
    expect(tabAfter({ tabIds: [a, b, c] }, b)).toBeUndefined();
    expect(tabAfter({ tabIds: [a] }, b)).toBe(b);
  });
});

describe('the person is asked', () => {
  test('before several sessions close at once, and before a full-screen program does', () => {
    const [one, two] = [tabOf('web-1'), tabOf('web-2', 'db')];
    expect(riskOf({ tabIds: [one] })).toBeUndefined();
    expect(riskOf({ tabIds: [two] })?.running).toHaveLength(2);
    expect(riskOf({ tabId: two, paneId: activeIn(two) })).toBeUndefined();
    expect(riskOf({ tabIds: [one, two] })?.running).toHaveLength(3);
    fullScreen.add(activeIn(one));
    expect(riskOf({ tabIds: [one] })?.fullScreen.map(({ id }) => id)).toEqual([activeIn(one)]);
  });

  test('not about sessions that have ended', () => {
    const tabId = openTab(content('web-1'));
    states.set(activeIn(tabId), 'exited');
    fullScreen.add(activeIn(tabId));
    expect(riskOf({ tabIds: [tabId] })).toBeUndefined();
  });
});
