import { panesOf } from './layout.ts';
import type { Tab } from './workspace.ts';

/** The name of a tab: the person's own, else the names of its panes in reading order. */
export function nameOf({ title, layout, panes }: Pick<Tab, 'title' | 'layout' | 'panes'>): string {
  const names = panesOf(layout).flatMap((paneId) => panes.find(({ id }) => id === paneId)?.target.name ?? []);
  return title ?? [...new Set(names)].join(', ');
}

/** The name of a tab with a number if others have the same name. A tab keeps its number while it is open. */
export function shownNameOf(tab: Tab, tabs: readonly Tab[]): string {
  const name = nameOf(tab);
  const number = numbersOf(tabs.filter((other) => nameOf(other) === name)).get(tab.id) ?? 1;
  return number === 1 ? name : `${name} (${number})`;
}

/** The number for a new tab: the lowest that no tab with the same name has. */
export function nextNumber(tab: Tab, tabs: readonly Tab[]): number {
  const name = nameOf(tab);
  return lowestFree(new Set(numbersOf(tabs.filter((other) => nameOf(other) === name)).values()));
}

/** Names change, so two tabs may have the same number: the second gets another one. */
function numbersOf(sameName: readonly Tab[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  for (const { id, number } of sameName)
    if (number !== undefined && !taken.has(number)) {
      taken.add(number);
      numbers.set(id, number);
    }
  for (const { id } of sameName)
    if (!numbers.has(id)) {
      const free = lowestFree(taken);
      taken.add(free);
      numbers.set(id, free);
    }
  return numbers;
}

function lowestFree(taken: ReadonlySet<number>): number {
  let number = 1;
  while (taken.has(number)) number++;
  return number;
}
