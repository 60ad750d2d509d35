import { z } from 'zod';
import { nameOf } from './names.ts';
import { newId } from './store.ts';
import { storedTabSchema, type Pane, type Tab } from './workspace.ts';

/** A saved set of tabs, in the preferences of the account. */
export const tabSetSchema = z.object({
  name: z.string().min(1).max(60),
  /** The tabs as JSON, because preferences have few levels. */
  tabs: z.string(),
});
export type TabSet = z.output<typeof tabSetSchema>;

/** More sets do not fit into the preferences, and in no list of them. */
export const maxSets = 30;

/** A set of these tabs: their panes and layout, without their sessions. */
export function setOf(name: string, tabs: readonly Tab[]): TabSet {
  const saved = tabs.map(({ id: _, number: __, broadcast: ___, panes, ...tab }, index) => ({
    ...tab,
    id: String(index),
    panes: panes.map(({ id, kind, target }) => ({ id, kind, target })),
  }));
  return { name, tabs: JSON.stringify(saved) };
}

/** The tabs of a set, with ids of their own, so that it can be opened several times; empty if it is damaged. */
export function tabsOf(set: TabSet): readonly Tab[] {
  try {
    return z.array(storedTabSchema).parse(JSON.parse(set.tabs)).map(withNewIds);
  } catch {
    // Written by another version of this app.
    return [];
  }
}

/** The names of the tabs of a set. */
export function namesOf(set: TabSet): readonly string[] {
  return tabsOf(set).map(nameOf);
}

/** The sets with this one, which replaces one with the same name. */
export function withSet(sets: readonly TabSet[], set: TabSet): readonly TabSet[] {
  const others = sets.filter(({ name }) => name !== set.name);
  return [...others, set].toSorted((one, other) => one.name.localeCompare(other.name));
}

function withNewIds(tab: Tab): Tab {
  const ids = new Map(tab.panes.map(({ id }) => [id, newId()]));
  const idOf = (id: string) => ids.get(id) ?? id;
  const renamed = (pane: Pane): Pane => ({ ...pane, id: idOf(pane.id) });
  return {
    ...tab,
    id: newId(),
    layout: withIds(tab.layout, idOf),
    panes: tab.panes.map(renamed),
    activePaneId: idOf(tab.activePaneId),
  };
}

function withIds(layout: Tab['layout'], idOf: (id: string) => string): Tab['layout'] {
  if (layout.kind === 'pane') return { kind: 'pane', paneId: idOf(layout.paneId) };
  return { ...layout, id: newId(), first: withIds(layout.first, idOf), second: withIds(layout.second, idOf) };
}
