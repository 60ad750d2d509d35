import { observable, useObservable } from '../lib/observable.ts';
import type { SplitDirection } from './layout.ts';
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

/** Of this browser tab alone: two of them would take the sessions away from each other. */
const key = 'gatehouse.workspace';
const ownerKey = 'gatehouse.workspace.account';

/** The open tabs. They live outside React, so that what they show goes on while another screen is shown. */
export const workspace = observable<Workspace>(restore());

/** Changes what is open, tells whoever shows it, and keeps it for a reload. */
export function changeWorkspace(change: (workspace: Workspace) => Workspace): void {
  workspace.set(change(workspace.get()));
  keep(workspace.get());
}

/** The open tabs, as they are at any time. */
export function useWorkspace(): Workspace {
  return useObservable(workspace);
}

/** Opens a tab behind `after`, else at the end, and returns its id. */
export function openTab(
  content: PaneContent,
  options: { readonly sessionId?: number; readonly after?: string } = {},
): string {
  const tabId = newId();
  const { sessionId, after } = options;
  const pane = { ...content, id: newId(), ...(sessionId === undefined ? {} : { sessionId }) };
  changeWorkspace((known) => addTab(known, newTab(tabId, pane), after));
  return tabId;
}

/** Where a pane goes that is put beside another. */
export interface Beside {
  readonly tabId: string;
  readonly paneId: string;
  readonly direction: SplitDirection;
}

/** Opens something beside a pane. */
export function openBeside(content: PaneContent, place: Beside): void {
  const pane = { ...content, id: newId() };
  changeWorkspace((known) => addPane(known, { ...place, splitId: newId(), pane }));
}

/** Moves the panes of another tab beside one. */
export function joinBeside(joinedTabId: string, place: Beside): void {
  changeWorkspace((known) => joinTab(known, { ...place, splitId: newId(), joinedTabId }));
}

/** The tab that shows a session: the one where it is open already, else a new one that joins it. */
export function showSession(content: PaneContent, sessionId: number): string {
  const holds = ({ panes }: Tab) => panes.some((pane) => pane.sessionId === sessionId);
  return workspace.get().tabs.find(holds)?.id ?? openTab(content, { sessionId });
}

/** The tab that a pane is in. */
export function tabOf(paneId: string): Tab | undefined {
  return workspace.get().tabs.find(({ panes }) => panes.some(({ id }) => id === paneId));
}

/** Keeps what a pane joins again after a reload, and in which state. */
export function keepPane(paneId: string, kept: Pick<Pane, 'sessionId' | 'state'>): void {
  changeWorkspace((known) => changePane(known, paneId, (pane) => ({ ...pane, ...kept })));
}

/** Makes a pane the one that keys and the menu of its tab are for. */
export function activatePane(tabId: string, paneId: string): void {
  changeWorkspace((known) => {
    const isActive = known.tabs.some(({ id, activePaneId }) => id === tabId && activePaneId === paneId);
    return isActive ? known : changeTab(known, tabId, (tab) => ({ ...tab, activePaneId: paneId }));
  });
}

/** The id of the account whose tabs these are; undefined as long as nobody has opened any. */
export const owner = {
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
    // Of another version of this app, or no longer whole.
    return { tabs: [] };
  }
}

function readStored(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function writeStored(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Where storage is forbidden, tabs do not survive a reload.
  }
}
