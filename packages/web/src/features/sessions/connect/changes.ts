import type { DestinationChange } from '@gatehouse/contract/login-destination';

/** Changes that one sentence describes. */
export type Changed = readonly [DestinationChange, ...DestinationChange[]];

/** Changes that one account made at once are one sentence, unless each has its own details. */
export function together(changes: readonly DestinationChange[]): readonly Changed[] {
  const groups: [DestinationChange, ...DestinationChange[]][] = [];
  for (const change of changes) {
    const { before, by, at } = change;
    const same = groups.find(
      ([first]) => before === null && first.before === null && first.by === by && first.at === at,
    );
    if (same === undefined) groups.push([change]);
    else same.push(change);
  }
  return groups;
}
