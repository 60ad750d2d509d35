import { foldCase } from '../../../lib/fold-case.ts';
import { matchScore, wordsOf } from './fuzzy.ts';

/** A result of the palette. */
export interface Item {
  readonly key: string;
  readonly kind: 'terminal' | 'server' | 'identity' | 'organization' | 'action';
  readonly name: string;
  /** Distinguishes it from others of the same name: an address, a username. */
  readonly detail?: string;
  /** The keys of an action. */
  readonly keys?: string | undefined;
  /** Shown after all other results, so that Enter does not choose it by mistake. */
  readonly isLast?: boolean;
  readonly run: () => void;
  /** The action of Shift+Enter. */
  readonly runOther?: () => void;
}

/** The same with its folded texts, computed once for all queries. */
export interface SearchableItem extends Item {
  readonly foldedName: string;
  readonly foldedDetail: string;
}

const maxShown = 60;
/** A match in the address counts less than one in the name. */
const detailMalus = 30;

/** Prepares an item for searches. */
export function searchable(item: Item): SearchableItem {
  return { ...item, foldedName: foldCase(item.name), foldedDetail: foldCase(item.detail ?? '') };
}

/** The best matches for a query, the best first; after `>` only actions. */
export function find(items: readonly SearchableItem[], typed: string): readonly Item[] {
  const onlyActions = typed.trimStart().startsWith('>');
  const words = wordsOf(onlyActions ? typed.trimStart().slice(1) : typed);
  const candidates = onlyActions ? items.filter(({ kind }) => kind === 'action') : items;
  const scored: { item: SearchableItem; score: number }[] = [];
  for (const item of candidates) {
    const score = scoreOf(item, words);
    if (score !== undefined) scored.push({ item, score });
  }
  const isLast = ({ item }: (typeof scored)[number]) => Number(item.isLast ?? false);
  // Without words, the order of the list says more than the lengths of the names.
  scored.sort((a, b) => isLast(a) - isLast(b) || (words.length === 0 ? 0 : b.score - a.score));
  return scored.slice(0, maxShown).map(({ item }) => item);
}

function scoreOf({ foldedName, foldedDetail }: SearchableItem, words: readonly string[]): number | undefined {
  const byName = matchScore(words, foldedName);
  if (byName !== undefined || foldedDetail === '') return byName;
  const byBoth = matchScore(words, `${foldedName} ${foldedDetail}`);
  return byBoth === undefined ? undefined : byBoth - detailMalus;
}
