import { isParked, whenUnparked } from './closing/parked.ts';
import { openWithKind, type OpenPane } from './pane-kind.ts';
import { workspace } from './store.ts';
import { markSeen } from './unseen.ts';
import type { Pane, Tab } from './workspace.ts';

const known = new Map<string, OpenPane | undefined>();

/** A pane with its runtime, created on first use; undefined if this app does not know its kind. */
export function openPaneOf(pane: Pane): OpenPane | undefined {
  if (known.has(pane.id)) return known.get(pane.id);
  const opened = openWithKind(pane);
  known.set(pane.id, opened);
  return opened;
}

/** The panes to start when their kinds are registered; undefined once they are. */
let waiting: Pane[] | undefined = [];

/** Starts the sessions of panes that may not be shown. */
export function startPanes(panes: readonly Pane[]): void {
  if (waiting !== undefined) waiting.push(...panes);
  else for (const pane of panes) openPaneOf(pane)?.runtime.start();
}

/** Joins the sessions from before a reload, and from now on ends the sessions of panes that are neither open nor parked. Called once, when all kinds are registered. */
export function keepPanes(): void {
  // What the address shows comes first.
  const isShown = ({ id }: Tab) => location.pathname.endsWith(`/${id}`);
  const tabs = workspace.get().tabs.toSorted((one, other) => Number(isShown(other)) - Number(isShown(one)));
  for (const pane of tabs.flatMap(({ panes }) => panes))
    if (pane.sessionId !== undefined) openPaneOf(pane)?.runtime.start();
  const started = waiting ?? [];
  waiting = undefined;
  startPanes(started);
  workspace.subscribe(() => {
    const open = new Set(workspace.get().tabs.flatMap(({ panes }) => panes.map(({ id }) => id)));
    for (const id of known.keys()) if (!open.has(id) && !isParked(id)) endPane(id);
  });
  whenUnparked((panes) => {
    for (const pane of panes) {
      // After a reload, the pane was never shown; its runtime knows how to end its session.
      openPaneOf(pane);
      endPane(pane.id);
    }
  });
}

function endPane(id: string): void {
  const opened = known.get(id);
  known.delete(id);
  markSeen(id);
  opened?.runtime.end();
}
