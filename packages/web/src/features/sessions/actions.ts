import { panesOf } from './layout.ts';
import { runtimeOf, type Runtime } from './runtime.ts';
import { changeWorkspace, newId, openTab, workspace } from './store.ts';
import { changeTab, closePane, neighbourOf, removeTab, separatePane, type Pane, type Tab } from './workspace.ts';

/** The pane that the menu of a tab is for. */
export function activePaneOf(tab: Tab): Pane {
  const pane = tab.panes.find(({ id }) => id === tab.activePaneId) ?? tab.panes[0];
  if (pane === undefined) throw new Error('a tab without panes');
  return pane;
}

export function activeRuntimeOf(tab: Tab): Runtime {
  return runtimeOf(activePaneOf(tab));
}

/** What a tab is called: by the person, else after its servers, in reading order. */
export function nameOf({ title, layout, panes }: Tab): string {
  const names = panesOf(layout).flatMap((paneId) => panes.find(({ id }) => id === paneId)?.target.name ?? []);
  return title ?? [...new Set(names)].join(', ');
}

/** Gives the active terminal a tab of its own; returns its id. */
export function separate(tab: Tab): string {
  const tabId = newId();
  changeWorkspace((known) => separatePane(known, tab.id, activePaneOf(tab).id, tabId));
  return tabId;
}

/** Returns the id of the new tab. */
export function duplicateTab(tab: Tab): string {
  return openTab(activePaneOf(tab).target, { after: tab.id });
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

/** Saves what can be scrolled to as a text file. */
export function downloadScrollback(tab: Tab): void {
  const { target } = activePaneOf(tab);
  const text = new Blob([activeRuntimeOf(tab).screen.text()], { type: 'text/plain' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(text);
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  link.download = `${target.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-${time}.txt`;
  link.click();
  // The browser has taken the text by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
