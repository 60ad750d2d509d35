import type { Db } from '../../kernel/db/database.ts';
import { countIn } from './pages.ts';
import type { Selection } from './selection.ts';

const maxRemembered = 1_000;

interface Counted {
  readonly upTo: number;
  readonly count: number;
}

/** Counts selections. The log only grows, so what was counted once stays right and only what came after it is counted. */
export function createTotals(db: Db) {
  const remembered = new Map<string, Counted>();
  return {
    /** How many entries of a selection there are up to and including `upTo`, or a newer one that was counted meanwhile. */
    async count(selection: Selection, upTo: number): Promise<number> {
      const key = JSON.stringify(selection);
      const known = remembered.get(key) ?? { upTo: 0, count: 0 };
      if (known.upTo >= upTo) return known.count;
      const count = known.count + (await countIn(db, selection, { from: known.upTo + 1, to: upTo }));
      remembered.delete(key);
      remembered.set(key, { upTo, count });
      for (const oldest of remembered.keys()) {
        if (remembered.size <= maxRemembered) break;
        remembered.delete(oldest);
      }
      return count;
    },
  };
}
