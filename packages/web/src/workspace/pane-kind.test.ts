import { IconFolder } from '@tabler/icons-react';
import { afterEach, expect, test, vi } from 'vitest';
import { observable } from '../lib/observable.ts';
import { activeOpenPaneOf, countBroadcastable } from './actions.ts';
import { close } from './closing/close.ts';
import { keepPanes, openPaneOf } from './open-panes.ts';
import { iconOf, registerPaneKind, type PaneKind, type PaneRuntime, type PaneState } from './pane-kind.ts';
import { changeWorkspace, keepPane, openTab, showSession, workspace } from './store.ts';
import type { Pane } from './workspace.ts';

interface FilesRuntime extends PaneRuntime {
  readonly path: string;
}

const started: string[] = [];
const ended: string[] = [];

/** A second kind: what it takes to add one. */
const files: PaneKind<FilesRuntime> = {
  id: 'files',
  icon: IconFolder,
  takesBroadcast: false,
  labelOf: ({ target }) => `Files on ${target.name}`,
  createRuntime: ({ id, target, state }) =>
    target.entryId === undefined
      ? undefined
      : {
          path: typeof state === 'string' ? state : '/',
          state: observable<PaneState>('open'),
          title: observable(''),
          start: () => started.push(id),
          focus: vi.fn(),
          hasSession: () => false,
          isFullScreen: () => false,
          end: () => ended.push(id),
        },
  View: ({ runtime }) => runtime.path,
};
registerPaneKind(files);

const content = { kind: 'files', target: { entryId: 1, name: 'web-1' } };
const activeOf = (tabId: string) => {
  const tab = workspace.get().tabs.find(({ id }) => id === tabId);
  if (tab === undefined) throw new Error('no such tab');
  return tab;
};
const paneOf = (tabId: string): Pane => {
  const [pane] = activeOf(tabId).panes;
  if (pane === undefined) throw new Error('no pane');
  return pane;
};

afterEach(() => {
  vi.unstubAllGlobals();
  changeWorkspace(() => ({ tabs: [] }));
  started.length = 0;
  ended.length = 0;
});

test('what stands behind a pane is made once', () => {
  const tabId = openTab(content);
  const opened = openPaneOf(paneOf(tabId));
  expect(opened?.kind).toMatchObject({ id: 'files', takesBroadcast: false });
  expect(opened?.runtime.state.get()).toBe('open');
  expect(openPaneOf(paneOf(tabId))).toBe(opened);
  expect(activeOpenPaneOf(activeOf(tabId))).toBe(opened);
  expect(countBroadcastable(activeOf(tabId))).toBe(0);
  expect(iconOf('files')).toBe(IconFolder);
});

test('a kind that is not registered, and a target that is none of its kind, open nothing and can be closed', () => {
  for (const unknown of [
    { ...content, kind: 'holograms' },
    { kind: 'files', target: { name: 'no server' } },
  ]) {
    const tabId = openTab(unknown);
    expect(openPaneOf(paneOf(tabId))).toBeUndefined();
    close({ tabIds: [tabId] });
    expect(workspace.get().tabs).toEqual([]);
  }
  expect(iconOf('holograms')).toBeUndefined();
});

test('a session is shown where it is open already, else in a tab of its own', () => {
  const tabId = showSession(content, 7);
  expect(paneOf(tabId)).toMatchObject({ ...content, sessionId: 7 });
  expect(showSession(content, 7)).toBe(tabId);
  expect(showSession(content, 8)).not.toBe(tabId);
});

test('panes with a session start again after a reload, those on the screen first, and what is closed ends', () => {
  const joined = paneOf(showSession(content, 7)).id;
  const shownTab = showSession(content, 8);
  const tabId = openTab(content);
  vi.stubGlobal('location', { pathname: `/terminals/${shownTab}` });
  keepPanes();
  expect(started).toEqual([paneOf(shownTab).id, joined]);
  const { id } = paneOf(tabId);
  openPaneOf(paneOf(tabId));
  keepPane(id, { state: '/var/log' });
  expect(paneOf(tabId).state).toBe('/var/log');
  expect(ended).not.toContain(id);
  close({ tabIds: [tabId] });
  expect(ended).toContain(id);
});
