import type { SearchAddon, ISearchOptions } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { observable, type Observable } from '../../../lib/observable.ts';

/** The options of a search. */
export interface SearchOptions {
  readonly caseSensitive: boolean;
  readonly regex: boolean;
}

/** The number of matches, and the current one; `index` is -1 if there are too many to count. */
export interface Found {
  readonly index: number;
  readonly count: number;
}

/** Searches the scrollback. */
export interface Search {
  readonly found: Pick<Observable<Found | undefined>, 'get' | 'subscribe'>;
  readonly find: (text: string, direction: 'next' | 'previous' | 'typing', options: SearchOptions) => void;
  readonly stop: () => void;
}

/** Readable in every theme: the text keeps its colour, and the contrast to the background is sufficient. */
const decorations = {
  matchBorder: '#e4b04e',
  matchOverviewRuler: '#e4b04e',
  activeMatchBackground: '#e4b04e',
  activeMatchColorOverviewRuler: '#2fd0b8',
};

/** Creates the search of a terminal. */
export function createSearch(terminal: Terminal, addon: SearchAddon): Search {
  const found = observable<Found | undefined>(undefined);
  addon.onDidChangeResults(({ resultIndex, resultCount }) => {
    found.set({ index: resultIndex, count: resultCount });
  });
  return {
    found,
    find(text, direction, { caseSensitive, regex }) {
      if (text === '' || (regex && !isPattern(text))) {
        addon.clearDecorations();
        found.set(undefined);
        return;
      }
      const options: ISearchOptions = { caseSensitive, regex, decorations, incremental: direction === 'typing' };
      if (direction === 'next') addon.findNext(text, options);
      else addon.findPrevious(text, options);
    },
    stop() {
      addon.clearDecorations();
      terminal.clearSelection();
      found.set(undefined);
    },
  };
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}
