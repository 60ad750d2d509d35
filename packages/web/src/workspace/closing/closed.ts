import { z } from 'zod';
import { addTab, changeTab, newTab, storedTabSchema, type Pane, type Tab, type Workspace } from '../workspace.ts';

/** A tab or a pane that was closed, with what it takes to open it again. */
export interface Closed {
  /** The tab before it, or a pane of it, was closed. */
  readonly tab: Tab;
  /** The position of the tab. */
  readonly index: number;
  readonly paneIds: readonly string[];
  /** What was closed together, and opens together again, has the same id. */
  readonly batchId: string;
  /** The panes whose sessions continue until `parkedUntilMs`, in milliseconds since 1970. */
  readonly parkedIds: readonly string[];
  readonly parkedUntilMs: number;
}

/** As it is stored for a reload; what is damaged is dropped. */
export const storedClosedSchema = z.array(
  z.object({
    tab: storedTabSchema,
    index: z.int().nonnegative(),
    paneIds: z.array(z.string()),
    batchId: z.string(),
    parkedIds: z.array(z.string()),
    parkedUntilMs: z.number().nonnegative(),
  }),
);

/** The panes that were closed. */
export function panesOfClosed({ tab, paneIds }: Closed): readonly Pane[] {
  return tab.panes.filter(({ id }) => paneIds.includes(id));
}

/** The same with only these panes parked; the others, opened again, start new sessions. */
export function parkedOnly(closed: Closed, parkedIds: readonly string[]): Closed {
  const { tab, paneIds } = closed;
  const isEnded = ({ id }: Pane) => paneIds.includes(id) && !parkedIds.includes(id);
  const panes = tab.panes.map((pane) => (isEnded(pane) ? withoutSession(pane) : pane));
  return { ...closed, tab: { ...tab, panes }, parkedIds };
}

function withoutSession({ sessionId: _, ...pane }: Pane): Pane {
  return pane;
}

/** Opens what was closed where it was; a pane whose tab has changed since gets a tab of its own. Returns the tab to show. */
export function reopened(
  workspace: Workspace,
  closed: Closed,
  newTabId: string,
): { readonly workspace: Workspace; readonly tabId: string } {
  const { tab, index } = closed;
  const panes = panesOfClosed(closed);
  const present = workspace.tabs.find(({ id }) => id === tab.id);
  if (present === undefined && panes.length === tab.panes.length)
    return { workspace: { tabs: workspace.tabs.toSpliced(index, 0, tab) }, tabId: tab.id };
  if (present !== undefined && isRest(present, closed)) {
    const restored = { layout: tab.layout, panes: [...present.panes, ...panes], activePaneId: tab.activePaneId };
    return { workspace: changeTab(workspace, tab.id, (known) => ({ ...known, ...restored })), tabId: tab.id };
  }
  const [pane] = panes;
  if (pane === undefined) return { workspace, tabId: tab.id };
  return { workspace: addTab(workspace, newTab(newTabId, pane), tab.id), tabId: newTabId };
}

/** Whether a tab has the panes that were left when the others were closed. */
function isRest({ panes }: Tab, { tab, paneIds }: Closed): boolean {
  const left = tab.panes.map(({ id }) => id).filter((id) => !paneIds.includes(id));
  return panes.length === left.length && panes.every(({ id }) => left.includes(id));
}
