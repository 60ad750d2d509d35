import { foldCase } from '../../../lib/fold-case.ts';

/** Scores of matches; only their order matters. */
const whole = 100;
const atStart = 80;
const atWordStart = 60;
const inside = 40;
const scattered = 10;
/** Letters that are further apart than this match only by chance. */
const widestSpan = 3;
const shorterIsBetter = 0.1;

const wordStart = /[\s._\-/@:]/;

/**
 * How well `text` matches a query: higher is better, undefined for no match. Every word has to match as a whole or by its letters in order.
 * Both are folded.
 */
export function matchScore(words: readonly string[], text: string): number | undefined {
  let total = 0;
  for (const word of words) {
    const score = wordScore(word, text);
    if (score === undefined) return undefined;
    total += score;
  }
  return total - text.length * shorterIsBetter;
}

/** The words of a query. */
export function wordsOf(typed: string): readonly string[] {
  return foldCase(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
}

function wordScore(word: string, text: string): number | undefined {
  if (word === text) return whole;
  const at = text.indexOf(word);
  if (at === 0) return atStart;
  if (at > 0) return startsAWord(text, at) || hasAtWordStart(word, text, at) ? atWordStart : inside;
  return isScattered(word, text) ? scattered : undefined;
}

function startsAWord(text: string, at: number): boolean {
  return wordStart.test(text[at - 1] ?? ' ');
}

function hasAtWordStart(word: string, text: string, first: number): boolean {
  for (let at = text.indexOf(word, first + 1); at !== -1; at = text.indexOf(word, at + 1))
    if (startsAWord(text, at)) return true;
  return false;
}

function isScattered(word: string, text: string): boolean {
  if (word.length < 2) return false;
  for (let start = text.indexOf(word.charAt(0)); start !== -1; start = text.indexOf(word.charAt(0), start + 1)) {
    let at = start;
    let found = 1;
    while (found < word.length && at !== -1) {
      at = text.indexOf(word.charAt(found), at + 1);
      if (at !== -1) found++;
    }
    if (at === -1) return false;
    if (at - start < word.length * widestSpan) return true;
  }
  return false;
}
