import { openPaneOf } from '../open-panes.ts';
import type { PaneState } from '../pane-kind.ts';
import { workspace } from '../store.ts';
import { closePane, neighbourOf, removeTab, type Pane, type Tab } from '../workspace.ts';
import type { Closed } from './closed.ts';
import { closeAndPark } from './parked.ts';

/** Tabs with all their panes, or one pane of a tab. */
export type ToClose = { readonly tabIds: readonly string[] } | { readonly tabId: string; readonly paneId: string };

/** What would be lost. */
export interface CloseRisk {
  /** The panes whose sessions run. */
  readonly running: readonly Pane[];
  /** Those of them in which a program uses the whole screen. */
  readonly fullScreen: readonly Pane[];
}

const runningStates: ReadonlySet<PaneState> = new Set(['open', 'silent', 'lost', 'joining']);

/** Whether the session of a pane runs. */
export function isRunning(pane: Pane): boolean {
  const state = openPaneOf(pane)?.runtime.state.get();
  return state !== undefined && runningStates.has(state);
}

/** What the person has to confirm first: closing a full-screen program, or several sessions at once. Undefined if it can be undone without harm. */
export function riskOf(toClose: ToClose): CloseRisk | undefined {
  const running = closedBy(toClose).flatMap(({ tab, paneIds }) =>
    tab.panes.filter((pane) => paneIds.includes(pane.id) && isRunning(pane)),
  );
  const fullScreen = running.filter((pane) => openPaneOf(pane)?.runtime.isFullScreen());
  return running.length > 1 || fullScreen.length > 0 ? { running, fullScreen } : undefined;
}

/** Closes tabs or a pane; what has a session can be opened again as it was for a while. Returns whether there is such a session. */
export function close(toClose: ToClose): boolean {
  const closed = closedBy(toClose);
  const isWorthIt = (pane: Pane) => openPaneOf(pane)?.runtime.hasSession() === true;
  const hasSession = closed.some(({ tab, paneIds }) => tab.panes.some((p) => paneIds.includes(p.id) && isWorthIt(p)));
  closeAndPark(closed, isWorthIt, (known) =>
    'paneId' in toClose ? closePane(known, toClose.tabId, toClose.paneId) : toClose.tabIds.reduce(removeTab, known),
  );
  return hasSession;
}

/** The tab to show when these close: the nearest one that stays open. */
export function tabAfter(toClose: ToClose, shownId: string): string | undefined {
  const known = workspace.get();
  const closing = closedBy(toClose).flatMap(({ tab, paneIds }) => (paneIds.length === tab.panes.length ? tab.id : []));
  if (!closing.includes(shownId)) return shownId;
  const others = closing.filter((id) => id !== shownId).reduce(removeTab, known);
  return neighbourOf(others, shownId);
}

function closedBy(toClose: ToClose): readonly Pick<Closed, 'tab' | 'index' | 'paneIds'>[] {
  const { tabs } = workspace.get();
  const all = (tab: Tab) => ({ tab, index: tabs.indexOf(tab), paneIds: tab.panes.map(({ id }) => id) });
  if ('tabIds' in toClose) return tabs.filter(({ id }) => toClose.tabIds.includes(id)).map(all);
  return tabs
    .filter((tab) => tab.id === toClose.tabId && tab.panes.some(({ id }) => id === toClose.paneId))
    .map((tab) => ({ ...all(tab), paneIds: [toClose.paneId] }));
}
