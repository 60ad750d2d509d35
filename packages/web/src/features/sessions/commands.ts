import { remembered } from './connection/remembered.ts';
import { dataOfServer } from './drag.ts';
import { canSplit } from './layout.ts';
import { changeWorkspace, openBeside, openTab, owner, useWorkspace } from './store.ts';

/** A server to open a terminal on; without an identity, the one that the server has chosen for it. */
export interface TerminalTarget {
  entryId: number;
  name: string;
  identityId?: number;
}

/** Opens a tab with a terminal and returns the tab's id, for `/terminals/$tabId`; it connects when it is shown. */
export function openTerminal(target: TerminalTarget): string {
  return openTab(target);
}

/** What dragging a server carries, so that it can be dropped on a terminal. */
export function terminalDragData(target: TerminalTarget): Record<string | symbol, unknown> {
  return dataOfServer(target);
}

/** Opens a terminal to the right of the active one of a tab; undefined where there is no such tab, or no room in it. */
export function useOpenBeside(tabId: string | undefined): ((target: TerminalTarget) => void) | undefined {
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  if (tab === undefined || !canSplit(tab.layout, tab.activePaneId)) return undefined;
  return (target) => {
    openBeside(target, { tabId: tab.id, paneId: tab.activePaneId, direction: 'right' });
  };
}

/** Forgets what was typed to log in with, for when nobody is signed in any more. */
export function forgetTyped(): void {
  remembered.forgetAll();
}

/** Takes away what another account has left open in this browser tab, when its sign-in ended without a word. */
export function claimTerminals(accountId: number): void {
  const known = owner.get();
  if (known !== undefined && known !== accountId) changeWorkspace(() => ({ tabs: [] }));
  owner.set(accountId);
}

/** Whether any terminal is open. */
export function useHasTerminals(): boolean {
  return useWorkspace().tabs.length > 0;
}

/** The server that a tab shows; undefined where there is no such tab. */
export function useTerminalEntry(tabId: string | undefined): number | undefined {
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  return tab?.panes.find(({ id }) => id === tab.activePaneId)?.target.entryId;
}
