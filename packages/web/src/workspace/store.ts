import { observable, useObservable } from '../lib/observable.ts';
import type { SplitDirection } from './layout.ts';
import { nextNumber } from './names.ts';
import {
  addPane,
  addTab,
  changePane,
  changeTab,
  joinTab,
  newTab,
  storedWorkspaceSchema,
  type Pane,
  type PaneContent,
  type Tab,
  type Workspace,
} from './workspace.ts';

/** In `sessionStorage`, which belongs to one browser tab: two tabs would take over each other's sessions. */
const key = 'gatehouse.workspace';
const ownerKey = 'gatehouse.workspace.account';

/** The open tabs. They are kept outside React, so that their sessions continue while another screen is shown. */
export const workspace = observable<Workspace>(restore());

/** The tab that is shown, or was shown last. */
export const shownTab = observable<string | undefined>(undefined);

/** The tab that is to be shown: set from outside React, such as by a notification that was clicked. */
export const wantedTab = observable<string | undefined>(undefined);

/** Changes the open tabs, notifies the subscribers, and stores the result for a reload. */
export function changeWorkspace(change: (workspace: Workspace) => Workspace): void {
  workspace.set(change(workspace.get()));
  keep(workspace.get());
}

/** The current tabs; the component renders again when they change. */
export function useWorkspace(): Workspace {
  return useObservable(workspace);
}

/** Opens a tab after `after`, else at the end, and returns its id. */
export function openTab(
  content: PaneContent,
  options: { readonly sessionId?: number; readonly after?: string } = {},
): string {
  const tabId = newId();
  const { sessionId, after } = options;
  const pane = { ...content, id: newId(), ...(sessionId === undefined ? {} : { sessionId }) };
  const tab = newTab(tabId, pane);
  changeWorkspace((known) => addTab(known, { ...tab, number: nextNumber(tab, known.tabs) }, after));
  return tabId;
}

/** The pane beside which another one opens. */
export interface Beside {
  readonly tabId: string;
  readonly paneId: string;
  readonly direction: SplitDirection;
}

/** Opens a new pane beside another. */
export function openBeside(content: PaneContent, beside: Beside): void {
  const pane = { ...content, id: newId() };
  changeWorkspace((known) => addPane(known, { ...beside, splitId: newId(), pane }));
}

/** Moves the panes of another tab beside a pane. */
export function joinBeside(joinedTabId: string, beside: Beside): void {
  changeWorkspace((known) => joinTab(known, { ...beside, splitId: newId(), joinedTabId }));
}

/** Shows a session: in the tab where it is open already, else in a new one that joins it. Returns the id of the tab. */
export function showSession(content: PaneContent, sessionId: number): string {
  const holds = ({ panes }: Tab) => panes.some((pane) => pane.sessionId === sessionId);
  return workspace.get().tabs.find(holds)?.id ?? openTab(content, { sessionId });
}

/** The tab that a pane is in. */
export function tabOf(paneId: string): Tab | undefined {
  return workspace.get().tabs.find(({ panes }) => panes.some(({ id }) => id === paneId));
}

/** Stores the session that a pane joins again after a reload, and its state. */
export function keepPane(paneId: string, kept: Pick<Pane, 'sessionId' | 'state'>): void {
  changeWorkspace((known) => changePane(known, paneId, (pane) => ({ ...pane, ...kept })));
}

/** Makes a pane the active one of its tab. */
export function activatePane(tabId: string, paneId: string): void {
  changeWorkspace((known) => {
    const isActive = known.tabs.some(({ id, activePaneId }) => id === tabId && activePaneId === paneId);
    return isActive ? known : changeTab(known, tabId, (tab) => ({ ...tab, activePaneId: paneId }));
  });
}

/** The id of the account that opened the tabs; undefined before the first tab. */
export const workspaceAccount = {
  get(): number | undefined {
    const stored = Number(readStored(ownerKey));
    return Number.isSafeInteger(stored) && stored > 0 ? stored : undefined;
  },
  set(accountId: number): void {
    writeStored(ownerKey, String(accountId));
  },
};

/** An id that no other tab, pane or split of this page has. */
export function newId(): string {
  // randomUUID() is only there in secure contexts; this page may be served over plain HTTP in a LAN.
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');
}

function keep(kept: Workspace): void {
  writeStored(key, JSON.stringify(kept));
}

function restore(): Workspace {
  try {
    return storedWorkspaceSchema.parse(JSON.parse(readStored(key) ?? '{"tabs":[]}'));
  } catch {
    // Written by another version of this app, or damaged.
    return { tabs: [] };
  }
}

/** What this browser tab has stored; null for nothing, and where storage is forbidden. */
export function readStored(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Whether the browser keeps the tabs over a reload. */
export function canStore(): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Stores it for a reload of this browser tab, if the browser allows it. */
export function writeStored(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Where storage is forbidden, tabs do not survive a reload.
  }
}
