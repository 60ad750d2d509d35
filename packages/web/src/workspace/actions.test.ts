import { IconFolder } from '@tabler/icons-react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { observable } from '../lib/observable.ts';
import { activePaneOf, contentOf, countBroadcastable, duplicateTab, separate, setBroadcast } from './actions.ts';
import { close } from './closing/close.ts';
import { claimWorkspace } from './commands.ts';
import { nameOf } from './names.ts';
import { dragDataOf, draggedOf } from './drag.ts';
import { registerPaneKind, type PaneState } from './pane-kind.ts';
import { changeWorkspace, openBeside, openTab, workspace, workspaceAccount } from './store.ts';
import { renameTab, type Tab } from './workspace.ts';

const kindWith = (id: string, takesBroadcast: boolean) => {
  registerPaneKind({
    id,
    icon: IconFolder,
    takesBroadcast,
    labelOf: ({ target }) => target.name,
    createRuntime: () => ({
      state: observable<PaneState>('open'),
      title: observable(''),
      start: vi.fn(),
      focus: vi.fn(),
      hasSession: () => false,
      isFullScreen: () => false,
      end: vi.fn(),
    }),
    View: () => null,
  });
};
kindWith('shell', true);
kindWith('files', false);

const content = (name: string, kind = 'shell') => ({ kind, target: { entryId: 1, name } });
const tabWith = (id: string): Tab => {
  const tab = workspace.get().tabs.find((one) => one.id === id);
  if (tab === undefined) throw new Error('the tab is closed');
  return tab;
};
const ids = () => workspace.get().tabs.map(({ id }) => id);
const activeIn = (id: string) => activePaneOf(tabWith(id)).id;

/** A tab with these panes, each to the right of the one before. */
function tabOf(...contents: readonly ReturnType<typeof content>[]): string {
  const [first = content('web-1'), ...others] = contents;
  const tabId = openTab(first);
  for (const other of others) openBeside(other, { tabId, paneId: activeIn(tabId), direction: 'right' });
  return tabId;
}

afterEach(() => {
  changeWorkspace(() => ({ tabs: [] }));
});

describe('the name of a tab', () => {
  test('is that of its server, or of its servers in reading order', () => {
    expect(nameOf(tabWith(tabOf(content('web-1'))))).toBe('web-1');
    const tabId = tabOf(content('web-1'), content('db'));
    openBeside(content('cache'), { tabId, paneId: tabWith(tabId).panes[0]?.id ?? '', direction: 'below' });
    expect(nameOf(tabWith(tabId))).toBe('web-1, cache, db');
  });

  test('has each server once', () => {
    expect(nameOf(tabWith(tabOf(content('web-1'), content('db'), content('web-1'))))).toBe('web-1, db');
  });

  test('is the title that the person gave it', () => {
    const tabId = tabOf(content('web-1'));
    changeWorkspace((known) => renameTab(known, tabId, 'logs'));
    expect(nameOf(tabWith(tabId))).toBe('logs');
  });
});

describe('the active pane', () => {
  test('is the latest one, and the first if the stored id does not exist', () => {
    const tabId = tabOf(content('web-1'), content('db'));
    expect(activePaneOf(tabWith(tabId)).target.name).toBe('db');
    expect(activePaneOf({ ...tabWith(tabId), activePaneId: 'closed' }).target.name).toBe('web-1');
  });

  test('of a tab without panes is an error of the app', () => {
    expect(() => activePaneOf({ ...tabWith(tabOf()), panes: [] })).toThrow('a tab without panes');
  });

  test('moves to a tab of its own, after the present one', () => {
    const tabId = tabOf(content('web-1'), content('db'));
    const last = tabOf(content('cache'));
    const paneId = activeIn(tabId);
    const separated = separate(tabWith(tabId));
    expect(ids()).toEqual([tabId, separated, last]);
    expect(activeIn(separated)).toBe(paneId);
    expect(nameOf(tabWith(tabId))).toBe('web-1');
  });

  test('is opened again by a duplicate, which joins no session', () => {
    const tabId = openTab(content('web-1'), { sessionId: 12 });
    const last = tabOf(content('db'));
    const copy = duplicateTab(tabWith(tabId));
    expect(ids()).toEqual([tabId, copy, last]);
    expect(contentOf(activePaneOf(tabWith(copy)))).toEqual(content('web-1'));
    expect(activePaneOf(tabWith(copy))).not.toHaveProperty('sessionId');
  });
});

describe('a broadcast', () => {
  test('counts the panes whose kind takes part', () => {
    expect(countBroadcastable(tabWith(tabOf(content('web-1'), content('db'), content('files', 'files'))))).toBe(2);
    expect(countBroadcastable(tabWith(tabOf(content('x', 'holograms'))))).toBe(0);
  });

  test('is switched for one tab, and ends with its second-last pane', () => {
    const tabId = tabOf(content('web-1'), content('db'));
    const other = tabOf(content('web-1'), content('db'));
    setBroadcast(tabId, true);
    expect([tabWith(tabId).broadcast, tabWith(other).broadcast]).toEqual([true, false]);
    close({ tabId, paneId: activeIn(tabId) });
    expect(tabWith(tabId).broadcast).toBe(false);
    setBroadcast(other, true);
    setBroadcast(other, false);
    expect(tabWith(other).broadcast).toBe(false);
  });
});

describe('another account in the same browser tab', () => {
  test('does not get the tabs of the one before it', () => {
    const stored = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
    claimWorkspace(1);
    const tabId = tabOf();
    claimWorkspace(1);
    expect(ids()).toEqual([tabId]);
    claimWorkspace(2);
    expect([ids(), workspaceAccount.get()]).toEqual([[], 2]);
    vi.unstubAllGlobals();
  });
});

describe('what is dragged onto a pane', () => {
  test('is a tab, or content for a new pane', () => {
    expect(draggedOf({ tabId: 'a' })).toEqual({ tabId: 'a' });
    expect(draggedOf(dragDataOf(content('web-1')))).toEqual({ content: content('web-1') });
  });

  test.each([[{}], [{ tabId: 7 }], [{ content: 'web-1' }]])('is nothing of ours if its data is %j', (data) => {
    expect(draggedOf(data)).toBeUndefined();
  });
});
