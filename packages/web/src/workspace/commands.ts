import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useObservable } from '../lib/observable.ts';
import { forgetClosed, hasParked, reopenLatest, useHasClosed } from './closing/parked.ts';
import { dragDataOf } from './drag.ts';
import { canSplit } from './layout.ts';
import { nextNumber } from './names.ts';
import { startPanes } from './open-panes.ts';
import {
  changeWorkspace,
  newId,
  openBeside,
  openTab,
  shownTab,
  workspaceAccount,
  showSession,
  useWorkspace,
  wantedTab,
} from './store.ts';
import { unseenPanes } from './unseen.ts';
import { addTab, newTab, tabBeside, type PaneContent, type Tab } from './workspace.ts';

export { dragDataOf, hasParked, wantedTab, openTab, showSession, useHasClosed };
export type { PaneContent };

/** Returns a function that opens a pane to the right of the active one of a tab; undefined without such a tab, or without room in it. */
export function useOpenBeside(tabId: string | undefined): ((content: PaneContent) => void) | undefined {
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  if (tab === undefined || !canSplit(tab.layout, tab.activePaneId)) return undefined;
  return (content) => {
    openBeside(content, { tabId: tab.id, paneId: tab.activePaneId, direction: 'right' });
  };
}

/** Closes the tabs that another account left open in this browser tab, if its sign-in ended without a sign-out. */
export function claimWorkspace(accountId: number): void {
  const known = workspaceAccount.get();
  if (known !== undefined && known !== accountId) {
    changeWorkspace(() => ({ tabs: [] }));
    forgetClosed();
  }
  workspaceAccount.set(accountId);
}

/** Returns a function that opens again what was closed last, and shows it. */
export function useReopen(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    const tabId = reopenLatest();
    if (tabId !== undefined) void navigate({ to: '/terminals/$tabId', params: { tabId } });
  }, [navigate]);
}

/** Opens tabs and starts their sessions, also of those that are not shown; returns the first. */
export function openTabs(tabs: readonly Tab[]): string | undefined {
  changeWorkspace((known) =>
    tabs.reduce((all, tab) => addTab(all, { ...tab, number: nextNumber(tab, all.tabs) }), known),
  );
  startPanes(tabs.flatMap(({ panes }) => panes));
  return tabs[0]?.id;
}

/** Opens a tab for each content and starts their sessions; returns the first. */
export function openAll(contents: readonly PaneContent[]): string | undefined {
  return openTabs(contents.map((content) => newTab(newId(), { ...content, id: newId() })));
}

/** The open tabs. */
export function useWorkspaceTabs(): readonly Tab[] {
  return useWorkspace().tabs;
}

interface TabSwitch {
  /** The tab `step` positions to the right of the one that is shown; where none is, the one that was shown last. */
  readonly beside: (step: number) => string | undefined;
  readonly at: (index: number) => string | undefined;
  readonly hasTabs: boolean;
}

/** The tabs to switch to. */
export function useTabSwitch(shownId: string | undefined): TabSwitch {
  const { tabs } = useWorkspace();
  const last = tabs.find(({ id }) => id === shownTab.get())?.id;
  return {
    beside: (step) => (shownId === undefined && last !== undefined ? last : tabBeside({ tabs }, shownId, step)),
    at: (index) => tabs[index]?.id,
    hasTabs: tabs.length > 0,
  };
}

/** The open tabs, for screens beside them: how many, which to show, and whether something happened in one. */
export interface OpenTabs {
  readonly count: number;
  readonly tabId: string | undefined;
  readonly hasUnseen: boolean;
}

/** The open tabs, as the navigation shows them. */
export function useOpenTabs(): OpenTabs {
  const { tabs } = useWorkspace();
  const last = useObservable(shownTab);
  const unseen = useObservable(unseenPanes);
  return {
    count: tabs.length,
    tabId: (tabs.find(({ id }) => id === last) ?? tabs.at(-1))?.id,
    hasUnseen: unseen.size > 0,
  };
}

/** Whether there are open tabs. */
export function useHasTabs(): boolean {
  return useWorkspace().tabs.length > 0;
}

/** The server of the active pane of a tab; undefined without such a tab. */
export function useShownEntry(tabId: string | undefined): number | undefined {
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  return tab?.panes.find(({ id }) => id === tab.activePaneId)?.target.entryId;
}
