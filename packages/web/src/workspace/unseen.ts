import { observable } from '../lib/observable.ts';
import type { Tab } from './workspace.ts';

/** What happened in a pane while it was not shown. */
export type Unseen = 'activity' | 'bell';

/** The panes in which something happened that the person has not seen. */
export const unseenPanes = observable<ReadonlyMap<string, Unseen>>(new Map());

/** Marks a pane that is not shown; a bell is not replaced by mere activity. */
export function markUnseen(paneId: string, what: Unseen): void {
  const known = unseenPanes.get();
  if (known.get(paneId) === what || known.get(paneId) === 'bell') return;
  unseenPanes.set(new Map([...known, [paneId, what]]));
}

/** The pane is shown, or closed. */
export function markSeen(paneId: string): void {
  const known = unseenPanes.get();
  if (known.has(paneId)) unseenPanes.set(new Map([...known].filter(([id]) => id !== paneId)));
}

/** What happened in the panes of a tab. */
export function unseenIn({ panes }: Tab, unseen: ReadonlyMap<string, Unseen>): Unseen | undefined {
  const all = panes.flatMap(({ id }) => unseen.get(id) ?? []);
  return all.find((what) => what === 'bell') ?? all[0];
}
