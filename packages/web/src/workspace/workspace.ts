import { z } from 'zod';
import {
  canSplit,
  layoutSchema,
  panesOf,
  removePane,
  resizeSplit,
  splitPane,
  type Layout,
  type SplitDirection,
} from './layout.ts';

const targetSchema = z.looseObject({ name: z.string(), entryId: z.int().exactOptional() });

/** The target of a pane. The workspace reads its name and, if it has one, its server; the kind defines the rest. */
export interface Target {
  readonly name: string;
  readonly entryId?: number;
}

/** Panes that were stored before there were kinds are terminals. */
const firstKind = 'terminal';

const paneSchema = z
  .object({
    id: z.string(),
    kind: z.string().default(firstKind),
    target: targetSchema,
    sessionId: z.int().exactOptional(),
    state: z.unknown().optional(),
    /** The size that terminals stored before panes had a state. */
    size: z.unknown().optional(),
  })
  .transform(({ id, kind, target, sessionId, state, size }): Pane => {
    const kept: unknown = state ?? size;
    return {
      id,
      kind,
      target,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(kept === undefined ? {} : { state: kept }),
    };
  });

/** One pane: its kind and its target. A reload joins `sessionId` again; `state` belongs to the kind. */
export interface Pane {
  readonly id: string;
  /** The id of a `PaneKind`; another version of this app may have opened one that this one does not know. */
  readonly kind: string;
  readonly target: Target;
  readonly sessionId?: number;
  readonly state?: unknown;
}

/** What to open in a pane. */
export type PaneContent = Pick<Pane, 'kind' | 'target'>;

const tabSchema = z.object({
  id: z.string(),
  title: z.string().exactOptional(),
  number: z.int().positive().exactOptional(),
  layout: layoutSchema,
  panes: z.array(paneSchema),
  activePaneId: z.string(),
});

/** A tab with one or more panes. `title` is the name that the person gave it. */
export interface Tab {
  readonly id: string;
  readonly title?: string;
  /** Distinguishes it from other tabs with the same name; it stays the same while the tab is open. */
  readonly number?: number;
  readonly layout: Layout;
  readonly panes: readonly Pane[];
  readonly activePaneId: string;
  /** Whether input goes to all panes; a reload switches it off, because the person may not expect it any more. */
  readonly broadcast: boolean;
}

/** The tabs, in their order. */
export interface Workspace {
  readonly tabs: readonly Tab[];
}

/** The data that survives a reload: ids and names, no secrets. Inconsistent tabs are dropped. */
export const storedWorkspaceSchema = z
  .object({ tabs: z.array(tabSchema) })
  .transform(({ tabs }): Workspace => ({ tabs: tabs.filter(isWhole).map(withoutBroadcast) }));

/** One tab as it is stored. */
export const storedTabSchema = tabSchema.refine(isWhole).transform(withoutBroadcast);

function withoutBroadcast(tab: z.output<typeof tabSchema>): Tab {
  return { ...tab, broadcast: false };
}

function isWhole({ layout, panes, activePaneId }: z.output<typeof tabSchema>): boolean {
  const shown = panesOf(layout);
  const ids = panes.map(({ id }) => id);
  return shown.length === ids.length && shown.every((id) => ids.includes(id)) && ids.includes(activePaneId);
}

/** A tab with a single pane. */
export function newTab(id: string, pane: Pane): Tab {
  return { id, layout: { kind: 'pane', paneId: pane.id }, panes: [pane], activePaneId: pane.id, broadcast: false };
}

/** Inserts a tab after the one with the id `after`, else at the end. */
export function addTab({ tabs }: Workspace, tab: Tab, after?: string): Workspace {
  const index = tabs.findIndex(({ id }) => id === after);
  return { tabs: index < 0 ? [...tabs, tab] : tabs.toSpliced(index + 1, 0, tab) };
}

/** Closes a tab with all its panes. */
export function removeTab({ tabs }: Workspace, tabId: string): Workspace {
  return { tabs: tabs.filter(({ id }) => id !== tabId) };
}

/** The tab to show when this one closes: its right neighbour, else its left. */
export function neighbourOf({ tabs }: Workspace, tabId: string): string | undefined {
  const index = tabs.findIndex(({ id }) => id === tabId);
  return (tabs[index + 1] ?? tabs[index - 1])?.id;
}

/** The tab `step` positions to the right, wrapping around; without a current tab, the first. */
export function tabBeside({ tabs }: Workspace, tabId: string | undefined, step: number): string | undefined {
  const index = tabs.findIndex(({ id }) => id === tabId);
  return index < 0 ? tabs[0]?.id : tabs[(index + step + tabs.length) % tabs.length]?.id;
}

/** Moves a tab to an index, as dragging does. */
export function moveTab({ tabs }: Workspace, tabId: string, toIndex: number): Workspace {
  const tab = tabs.find(({ id }) => id === tabId);
  if (tab === undefined) return { tabs };
  return { tabs: tabs.filter((other) => other !== tab).toSpliced(Math.max(0, toIndex), 0, tab) };
}

/** An empty title restores the names of the panes. */
export function renameTab(workspace: Workspace, tabId: string, title: string): Workspace {
  return changeTab(workspace, tabId, ({ title: _, ...tab }) =>
    title.trim() === '' ? tab : { ...tab, title: title.trim() },
  );
}

interface Split {
  readonly tabId: string;
  readonly paneId: string;
  readonly direction: SplitDirection;
  readonly splitId: string;
}

interface NewSplit extends Split {
  readonly pane: Pane;
}

interface Joining extends Split {
  readonly joinedTabId: string;
}

/** Adds a pane beside another; returns the workspace unchanged if there is no room. */
export function addPane(workspace: Workspace, { pane, ...split }: NewSplit): Workspace {
  const added = { layout: { kind: 'pane', paneId: pane.id }, panes: [pane], activePaneId: pane.id } as const;
  return changeTab(workspace, split.tabId, (tab) => beside(tab, added, split));
}

/** Moves all panes of another tab beside a pane; returns the workspace unchanged if there is no room. */
export function joinTab(workspace: Workspace, { joinedTabId, ...split }: Joining): Workspace {
  const joined = workspace.tabs.find(({ id }) => id === joinedTabId);
  const tab = workspace.tabs.find(({ id }) => id === split.tabId);
  if (joined === undefined || tab === undefined || joined === tab) return workspace;
  const changed = beside(tab, joined, split);
  if (changed === tab) return workspace;
  return removeTab(
    changeTab(workspace, tab.id, () => changed),
    joinedTabId,
  );
}

function beside(
  tab: Tab,
  { layout, panes, activePaneId }: Pick<Tab, 'layout' | 'panes' | 'activePaneId'>,
  { paneId, direction, splitId: id }: Split,
): Tab {
  if (!canSplit(tab.layout, paneId, layout)) return tab;
  return {
    ...tab,
    layout: splitPane(tab.layout, { id, paneId, added: layout, direction }),
    panes: [...tab.panes, ...panes],
    activePaneId,
  };
}

/** Moves a pane to a tab of its own, after its present tab; returns the workspace unchanged if it is alone in its tab. */
export function separatePane(workspace: Workspace, tabId: string, paneId: string, newTabId: string): Workspace {
  const tab = workspace.tabs.find(({ id }) => id === tabId);
  const pane = tab?.panes.find(({ id }) => id === paneId);
  if (pane === undefined || tab?.panes.length === 1) return workspace;
  return addTab(closePane(workspace, tabId, paneId), newTab(newTabId, pane), tabId);
}

/** Closes a pane, and with the last one its tab. */
export function closePane(workspace: Workspace, tabId: string, paneId: string): Workspace {
  const tab = workspace.tabs.find(({ id }) => id === tabId);
  if (tab === undefined) return workspace;
  const layout = removePane(tab.layout, paneId);
  const [next] = layout === undefined ? [] : panesOf(layout);
  if (layout === undefined || next === undefined) return removeTab(workspace, tabId);
  const panes = tab.panes.filter(({ id }) => id !== paneId);
  const activePaneId = tab.activePaneId === paneId ? next : tab.activePaneId;
  const broadcast = tab.broadcast && panes.length > 1;
  return changeTab(workspace, tabId, () => ({ ...tab, layout, panes, activePaneId, broadcast }));
}

/** `ratio` is the share of the first side of the split, 0 to 1. */
export function resizePanes(workspace: Workspace, tabId: string, split: { id: string; ratio: number }): Workspace {
  return changeTab(workspace, tabId, (tab) => ({ ...tab, layout: resizeSplit(tab.layout, split.id, split.ratio) }));
}

/** Changes one tab; the others stay the same objects. */
export function changeTab({ tabs }: Workspace, tabId: string, change: (tab: Tab) => Tab): Workspace {
  return { tabs: tabs.map((tab) => (tab.id === tabId ? change(tab) : tab)) };
}

/** Changes one pane wherever it is. */
export function changePane({ tabs }: Workspace, paneId: string, change: (pane: Pane) => Pane): Workspace {
  return {
    tabs: tabs.map((tab) =>
      tab.panes.some(({ id }) => id === paneId)
        ? { ...tab, panes: tab.panes.map((pane) => (pane.id === paneId ? change(pane) : pane)) }
        : tab,
    ),
  };
}
