import { remembered } from './connection/remembered.ts';
import { changeWorkspace, openTab, useWorkspace } from './store.ts';

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

/** Closes all terminals, ends their sessions and forgets what was typed for them; for whoever signs out. */
export function closeTerminals(): void {
  remembered.forgetAll();
  changeWorkspace(() => ({ tabs: [] }));
}

/** Whether any terminal is open. */
export function useHasTerminals(): boolean {
  return useWorkspace().tabs.length > 0;
}
