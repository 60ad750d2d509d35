import type { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import { describe, expect, test } from 'vitest';
import { createSearch, type SearchOptions } from './search.ts';

/** A terminal that says what it was asked to find. */
function search() {
  const done: string[] = [];
  let tell: (results: { resultIndex: number; resultCount: number }) => void = () => undefined;
  const words =
    (how: string) => (text: string, options: { incremental?: boolean; regex?: boolean; caseSensitive?: boolean }) => {
      const marks = [options.incremental && 'typing', options.regex && 'regex', options.caseSensitive && 'case'];
      done.push([how, text, ...marks.filter(Boolean)].join(' '));
      return true;
    };
  const addon = {
    onDidChangeResults: (listener: typeof tell) => (tell = listener),
    findNext: words('next'),
    findPrevious: words('previous'),
    clearDecorations: () => done.push('clear'),
  };
  const terminal = { clearSelection: () => done.push('unselect') };
  const made = createSearch(terminal as unknown as Terminal, addon as unknown as SearchAddon);
  return { ...made, done, tell: (index: number, count: number) => tell({ resultIndex: index, resultCount: count }) };
}

const usual: SearchOptions = { caseSensitive: false, regex: false };

describe('the search of a terminal', () => {
  test('looks from the newest output upwards, and stays while a word is typed', () => {
    const { find, done } = search();
    find('err', 'typing', usual);
    find('error', 'previous', usual);
    find('error', 'next', usual);
    expect(done).toEqual(['previous err typing', 'previous error', 'next error']);
  });

  test('takes letters and patterns as it is told', () => {
    const { find, done } = search();
    find('Err.*', 'next', { caseSensitive: true, regex: true });
    find('[', 'next', usual);
    expect(done).toEqual(['next Err.* regex case', 'next [']);
  });

  test.each([
    ['nothing', '', usual],
    ['a pattern that is not finished', '[a-', { ...usual, regex: true }],
    ['a pattern that is none', '*', { ...usual, regex: true }],
  ])('looks for nothing with %s, and marks nothing any more', (_, text, options) => {
    const { find, found, tell, done } = search();
    find('x', 'next', usual);
    tell(0, 3);
    find(text, 'typing', options);
    expect(done.slice(1)).toEqual(['clear']);
    expect(found.get()).toBeUndefined();
  });

  test('says which of how many is shown', () => {
    const { found, tell } = search();
    const heard: unknown[] = [];
    found.subscribe(() => heard.push(found.get()));
    tell(0, 2);
    tell(1, 2);
    tell(-1, 5_000);
    expect(heard).toEqual([
      { index: 0, count: 2 },
      { index: 1, count: 2 },
      { index: -1, count: 5_000 },
    ]);
  });

  test('leaves no mark when it ends', () => {
    const { stop, found, tell, done } = search();
    tell(0, 2);
    stop();
    expect(done).toEqual(['clear', 'unselect']);
    expect(found.get()).toBeUndefined();
  });
});
