import { activeOpenPaneOf } from './actions.ts';
import { workspace } from './store.ts';

/** Gives the focus to the active pane of a tab, if the element that had it is gone. */
export function focusPanes(tabId: string | undefined): void {
  requestAnimationFrame(() => {
    const tab = workspace.get().tabs.find(({ id }) => id === tabId);
    if (tab !== undefined && document.activeElement === document.body) activeOpenPaneOf(tab)?.runtime.focus();
  });
}
