import { openWithKind, type OpenPane } from './pane-kind.ts';
import { workspace } from './store.ts';
import type { Pane } from './workspace.ts';

const known = new Map<string, OpenPane | undefined>();

/** A pane with its runtime, created on first use; undefined if this app does not know its kind. */
export function openPaneOf(pane: Pane): OpenPane | undefined {
  if (known.has(pane.id)) return known.get(pane.id);
  const opened = openWithKind(pane);
  known.set(pane.id, opened);
  return opened;
}

/** Joins the sessions from before a reload, and from now on ends the sessions of closed panes. Called once, when all kinds are registered. */
export function keepPanes(): void {
  for (const pane of workspace.get().tabs.flatMap(({ panes }) => panes))
    if (pane.sessionId !== undefined) openPaneOf(pane)?.runtime.start();
  workspace.subscribe(() => {
    const open = new Set(workspace.get().tabs.flatMap(({ panes }) => panes.map(({ id }) => id)));
    for (const [id, opened] of known) {
      if (open.has(id)) continue;
      known.delete(id);
      opened?.runtime.end();
    }
  });
}
