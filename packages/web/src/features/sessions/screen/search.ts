import type { SearchAddon, ISearchOptions } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { observable, type Observable } from '../../../lib/observable.ts';

/** How a text is searched for. */
export interface SearchOptions {
  readonly caseSensitive: boolean;
  readonly regex: boolean;
}

/** How many places were found, and which of them is shown; `index` is -1 where there are too many to count. */
export interface Found {
  readonly index: number;
  readonly count: number;
}

/** Looks for text in the scrollback. */
export interface Search {
  readonly found: Pick<Observable<Found | undefined>, 'get' | 'subscribe'>;
  readonly find: (text: string, direction: 'next' | 'previous' | 'typing', options: SearchOptions) => void;
  readonly stop: () => void;
}

/** Readable on every theme, because the letters keep their colour and the ground stays dark or light enough. */
const decorations = {
  matchBorder: '#e4b04e',
  matchOverviewRuler: '#e4b04e',
  activeMatchBackground: '#e4b04e',
  activeMatchColorOverviewRuler: '#2fd0b8',
};

/** Connects a terminal’s search with what shows its results. */
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
