import { openPaneOf } from './open-panes.ts';
import type { OpenPane } from './pane-kind.ts';
import { changeWorkspace, newId, openTab } from './store.ts';
import { changeTab, separatePane, type Pane, type PaneContent, type Tab } from './workspace.ts';

/** The pane that the menu of a tab acts on. */
export function activePaneOf(tab: Tab): Pane {
  const pane = tab.panes.find(({ id }) => id === tab.activePaneId) ?? tab.panes[0];
  if (pane === undefined) throw new Error('a tab without panes');
  return pane;
}

/** The active pane with its runtime; undefined if this app does not know its kind. */
export function activeOpenPaneOf(tab: Tab): OpenPane | undefined {
  return openPaneOf(activePaneOf(tab));
}

/** How many panes of a tab receive broadcast input. */
export function countBroadcastable({ panes }: Tab): number {
  return panes.filter((pane) => openPaneOf(pane)?.kind.takesBroadcast === true).length;
}

/** Moves the active pane to a tab of its own; returns its id. */
export function separate(tab: Tab): string {
  const tabId = newId();
  changeWorkspace((known) => separatePane(known, tab.id, activePaneOf(tab).id, tabId));
  return tabId;
}

/** The content of a pane, to open it again. */
export function contentOf({ kind, target }: Pane): PaneContent {
  return { kind, target };
}

/** Returns the id of the new tab. */
export function duplicateTab(tab: Tab): string {
  return openTab(contentOf(activePaneOf(tab)), { after: tab.id });
}

/** Sets whether input goes to all panes of a tab. */
export function setBroadcast(tabId: string, broadcast: boolean): void {
  changeWorkspace((known) => changeTab(known, tabId, (tab) => ({ ...tab, broadcast })));
}
