import { observable, useObservable } from '../../lib/observable.ts';
import { changeWorkspace, newId, readStored, workspace, writeStored } from '../store.ts';
import type { Pane, Workspace } from '../workspace.ts';
import { panesOfClosed, parkedOnly, reopened, storedClosedSchema, type Closed } from './closed.ts';

/** How long the sessions of closed tabs and panes continue, so that closing can be undone. */
export const parkMs = 10_000;
/** No more are remembered. */
const maxClosed = 20;
const key = 'gatehouse.workspace.closed';

const closedTabs = observable<readonly Closed[]>(restore());
let endPanes: (panes: readonly Pane[]) => void = () => undefined;

/** Sets what ends the sessions of panes that are no longer parked. Called once, when all kinds of panes are registered. */
export function whenUnparked(end: (panes: readonly Pane[]) => void): void {
  endPanes = end;
  for (const closed of closedTabs.get()) unparkLater(closed);
}

/** Whether the session of a closed pane continues. */
export function isParked(paneId: string): boolean {
  return closedTabs.get().some(({ parkedIds }) => parkedIds.includes(paneId));
}

/** Whether sessions of closed panes continue. */
export function hasParked(): boolean {
  return closedTabs.get().some(({ parkedIds }) => parkedIds.length > 0);
}

/** Closes what `change` removes. Sessions of the panes for which `isWorthIt` is true continue for `parkMs`, those of the others end at once. */
export function closeAndPark(
  closed: readonly Pick<Closed, 'tab' | 'index' | 'paneIds'>[],
  isWorthIt: (pane: Pane) => boolean,
  change: (workspace: Workspace) => Workspace,
): void {
  const batch = { batchId: newId(), parkedUntilMs: Date.now() + parkMs };
  const parked = closed.map((one) => {
    const panes = one.tab.panes.filter(({ id }) => one.paneIds.includes(id));
    const ids = panes.filter(isWorthIt).map(({ id }) => id);
    return parkedOnly({ ...one, ...batch, parkedIds: [] }, ids);
  });
  keep([...closedTabs.get(), ...parked].slice(-maxClosed));
  changeWorkspace(change);
  for (const one of parked) unparkLater(one);
}

/** Opens again what was closed last; returns the tab to show, undefined if nothing was closed. */
export function reopenLatest(): string | undefined {
  const all = closedTabs.get();
  const latest = all.at(-1);
  if (latest === undefined) return undefined;
  let [known, shown] = [workspace.get(), latest.tab.id];
  for (const closed of all.filter(({ batchId }) => batchId === latest.batchId)) {
    const { workspace: next, tabId } = reopened(known, closed, newId());
    [known, shown] = [next, tabId];
  }
  // Before the panes are not parked any more, which would end their sessions.
  changeWorkspace(() => known);
  keep(all.filter(({ batchId }) => batchId !== latest.batchId));
  return shown;
}

/** Ends the sessions that are parked, and forgets what was closed. */
export function forgetClosed(): void {
  const all = closedTabs.get();
  keep([]);
  endPanes(all.flatMap(parkedPanesOf));
}

/** Whether something can be opened again. */
export function useHasClosed(): boolean {
  return useObservable(closedTabs).length > 0;
}

function unparkLater({ batchId, parkedIds, parkedUntilMs }: Closed): void {
  if (parkedIds.length === 0) return;
  setTimeout(
    () => {
      const expired = closedTabs.get().filter((one) => one.batchId === batchId);
      keep(closedTabs.get().map((one) => (one.batchId === batchId ? parkedOnly(one, []) : one)));
      endPanes(expired.flatMap(parkedPanesOf));
    },
    Math.max(0, parkedUntilMs - Date.now()),
  );
}

function parkedPanesOf(closed: Closed): readonly Pane[] {
  return panesOfClosed(closed).filter(({ id }) => closed.parkedIds.includes(id));
}

function keep(closed: readonly Closed[]): void {
  closedTabs.set(closed);
  writeStored(key, JSON.stringify(closed));
}

function restore(): readonly Closed[] {
  try {
    return storedClosedSchema.parse(JSON.parse(readStored(key) ?? '[]'));
  } catch {
    // Written by another version of this app, or damaged.
    return [];
  }
}
