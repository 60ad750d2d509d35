/** The characters that a backslash protects, in quotes and outside of them (argv_split of OpenSSH); before any other it is an ordinary character. */
const escapable = `'"\\`;

/**
 * Splits the arguments of a line of ssh_config(5), or of `ssh -o`, as OpenSSH does: quotes, backslashes, and a comment at the beginning of a word.
 * Undefined if a quote is not closed.
 */
export function splitArguments(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (quote === '' && isBlank(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (word === undefined && character === '#') return words;
    else if (character === '\\' && next !== '' && (escapable.includes(next) || (quote === '' && next === ' '))) {
      word = (word ?? '') + next;
      index++;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) quote = '';
    else word = (word ?? '') + character;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}
