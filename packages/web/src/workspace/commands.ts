import { dragDataOf } from './drag.ts';
import { canSplit } from './layout.ts';
import { changeWorkspace, openBeside, openTab, owner, showSession, useWorkspace } from './store.ts';
import type { PaneContent } from './workspace.ts';

export { dragDataOf, openTab, showSession };
export type { PaneContent };

/** Opens something to the right of the active pane of a tab; undefined where there is no such tab, or no room in it. */
export function useOpenBeside(tabId: string | undefined): ((content: PaneContent) => void) | undefined {
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  if (tab === undefined || !canSplit(tab.layout, tab.activePaneId)) return undefined;
  return (content) => {
    openBeside(content, { tabId: tab.id, paneId: tab.activePaneId, direction: 'right' });
  };
}

/** Closes what another account has left open in this browser tab, when its sign-in ended without a word. */
export function claimWorkspace(accountId: number): void {
  const known = owner.get();
  if (known !== undefined && known !== accountId) changeWorkspace(() => ({ tabs: [] }));
  owner.set(accountId);
}

/** Whether anything is open. */
export function useHasTabs(): boolean {
  return useWorkspace().tabs.length > 0;
}

/** The server that the active pane of a tab is about; undefined where there is no such tab. */
export function useShownEntry(tabId: string | undefined): number | undefined {
  const tab = useWorkspace().tabs.find(({ id }) => id === tabId);
  return tab?.panes.find(({ id }) => id === tab.activePaneId)?.target.entryId;
}
