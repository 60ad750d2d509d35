/**
 * What the server says in English, and what the page says instead. `{{name}}` stands for what differs from time to time; where that is itself
 * something the server says, it is replaced as well.
 */
export type Sentences = Readonly<Record<string, string>>;

/** Longer ones stay as they are: no sentence of the server's own is, but it may quote what somebody else sent. */
const maxSentenceLength = 2_000;

/** Sentences within sentences are no deeper than this. */
const maxDepth = 3;

const placeholder = /\{\{(\w+)\}\}/g;

interface Known {
  readonly whole: ReadonlyMap<string, string>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly words: string }[];
}

let known: Known = { whole: new Map(), patterns: [] };

/** From now on the page speaks so. */
export function learnSentences(sentences: Sentences): void {
  const all = Object.entries(sentences);
  known = {
    whole: new Map(all.filter(([sentence]) => !sentence.includes('{{'))),
    patterns: all
      .filter(([sentence]) => sentence.includes('{{'))
      .map(([sentence, words]) => ({ pattern: patternOf(sentence), words })),
  };
}

/** A sentence of the server in the language of the page; what is not known stays as it is. */
export function inWords(sentence: string, depth = 1): string {
  if (sentence.length > maxSentenceLength || depth > maxDepth) return sentence;
  const whole = known.whole.get(sentence);
  if (whole !== undefined) return whole;
  for (const { pattern, words } of known.patterns) {
    const values = pattern.exec(sentence)?.groups;
    if (values !== undefined)
      return words.replace(placeholder, (_, name: string) => inWords(values[name] ?? '', depth + 1));
  }
  return sentence;
}

function patternOf(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^$()|[\]\\/]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replace(placeholder, '(?<$1>.+?)')}$`, 's');
}
