import { panesOf } from './layout.ts';
import { openPaneOf } from './open-panes.ts';
import type { OpenPane } from './pane-kind.ts';
import { changeWorkspace, newId, openTab, workspace } from './store.ts';
import {
  changeTab,
  closePane,
  neighbourOf,
  removeTab,
  separatePane,
  type Pane,
  type PaneContent,
  type Tab,
} from './workspace.ts';

/** The pane that the menu of a tab is for. */
export function activePaneOf(tab: Tab): Pane {
  const pane = tab.panes.find(({ id }) => id === tab.activePaneId) ?? tab.panes[0];
  if (pane === undefined) throw new Error('a tab without panes');
  return pane;
}

/** What stands behind the active pane; undefined where no kind of this app can show it. */
export function activeOpenPaneOf(tab: Tab): OpenPane | undefined {
  return openPaneOf(activePaneOf(tab));
}

/** How many panes of a tab take what is typed into one of them. */
export function countBroadcastable({ panes }: Tab): number {
  return panes.filter((pane) => openPaneOf(pane)?.kind.takesBroadcast === true).length;
}

/** What a tab is called: by the person, else after what its panes are about, in reading order. */
export function nameOf({ title, layout, panes }: Tab): string {
  const names = panesOf(layout).flatMap((paneId) => panes.find(({ id }) => id === paneId)?.target.name ?? []);
  return title ?? [...new Set(names)].join(', ');
}

/** Gives the active pane a tab of its own; returns its id. */
export function separate(tab: Tab): string {
  const tabId = newId();
  changeWorkspace((known) => separatePane(known, tab.id, activePaneOf(tab).id, tabId));
  return tabId;
}

/** What a pane shows, to be opened once more. */
export function contentOf({ kind, target }: Pane): PaneContent {
  return { kind, target };
}

/** Returns the id of the new tab. */
export function duplicateTab(tab: Tab): string {
  return openTab(contentOf(activePaneOf(tab)), { after: tab.id });
}

/** Ends the sessions of a tab and takes it away; returns the tab to show instead. */
export function closeTab(tabId: string): string | undefined {
  const next = neighbourOf(workspace.get(), tabId);
  changeWorkspace((known) => removeTab(known, tabId));
  return next;
}

/** Ends the session of a pane; returns the tab to show when the pane was its tab's last. */
export function closeOnePane(tabId: string, paneId: string): { readonly tabIsGone: boolean; readonly next?: string } {
  const next = neighbourOf(workspace.get(), tabId);
  changeWorkspace((known) => closePane(known, tabId, paneId));
  const tabIsGone = !workspace.get().tabs.some(({ id }) => id === tabId);
  return { tabIsGone, ...(next === undefined ? {} : { next }) };
}

/** Whether what is typed goes to all panes of a tab. */
export function setBroadcast(tabId: string, broadcast: boolean): void {
  changeWorkspace((known) => changeTab(known, tabId, (tab) => ({ ...tab, broadcast })));
}
