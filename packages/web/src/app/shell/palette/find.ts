import { matchScore, wordsOf } from './fuzzy.ts';

/** Something that the palette can lead to. */
export interface Item {
  readonly key: string;
  readonly kind: 'server' | 'identity' | 'organization' | 'action';
  readonly name: string;
  /** What tells it from others of its name: an address, a username. */
  readonly detail?: string;
  readonly run: () => void;
  /** What Shift+Enter does instead. */
  readonly runOther?: () => void;
}

/** The same with what is searched, in lower case; made once for all that is typed. */
export interface SearchableItem extends Item {
  readonly lowerName: string;
  readonly lowerDetail: string;
}

const maxShown = 60;
/** An address is a weaker answer than a name. */
const detailMalus = 30;

/** Prepares an item for being searched. */
export function searchable(item: Item): SearchableItem {
  return { ...item, lowerName: item.name.toLowerCase(), lowerDetail: (item.detail ?? '').toLowerCase() };
}

/** The best answers to what was typed, the best first; after `>` actions alone. */
export function find(items: readonly SearchableItem[], typed: string): readonly Item[] {
  const onlyActions = typed.trimStart().startsWith('>');
  const words = wordsOf(onlyActions ? typed.trimStart().slice(1) : typed);
  const candidates = onlyActions ? items.filter(({ kind }) => kind === 'action') : items;
  const scored: { item: SearchableItem; score: number }[] = [];
  for (const item of candidates) {
    const score = scoreOf(item, words);
    if (score !== undefined) scored.push({ item, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, maxShown).map(({ item }) => item);
}

function scoreOf({ lowerName, lowerDetail }: SearchableItem, words: readonly string[]): number | undefined {
  const byName = matchScore(words, lowerName);
  if (byName !== undefined || lowerDetail === '') return byName;
  const byBoth = matchScore(words, `${lowerName} ${lowerDetail}`);
  return byBoth === undefined ? undefined : byBoth - detailMalus;
}
