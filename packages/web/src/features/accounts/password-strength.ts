/** A rating of how hard a password is to guess; only the server decides which passwords it accepts. */
export type Strength = 'short' | 'weak' | 'fair' | 'good' | 'strong';

/** The server's default; an administrator can raise it. */
const minLength = 8;
const bitsFor: readonly (readonly [Strength, number])[] = [
  ['strong', 80],
  ['good', 60],
  ['fair', 45],
];
const classes: readonly (readonly [RegExp, number])[] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{Nd}/u, 10],
  [/[^\p{L}\p{Nd}]/u, 20],
];
/** A character that follows from the previous one adds almost nothing. */
const bitsOfExpected = 1;

/** A rough estimate: characters count as random, except sequences, repetitions and the person's own name. */
export function strengthOf(password: string, username: string): Strength {
  const own = username.trim().toLowerCase();
  const text = own.length > 2 ? password.toLowerCase().replaceAll(own, '') : password.toLowerCase();
  if (Array.from(password).length < minLength) return 'short';
  const pool = classes.reduce((sum, [pattern, size]) => (pattern.test(password) ? sum + size : sum), 0);
  const bits = bitsOf(Array.from(text), Math.log2(Math.max(pool, 2)));
  return bitsFor.find(([, least]) => bits >= least)?.[0] ?? 'weak';
}

function bitsOf(characters: readonly string[], bitsEach: number): number {
  let bits = 0;
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1];
    bits += before !== undefined && isExpected(before, character) ? bitsOfExpected : bitsEach;
  }
  // A few characters, repeated.
  return bits * Math.min(1, new Set(characters).size / Math.min(characters.length, 8) || 0);
}

function isExpected(before: string, character: string): boolean {
  const step = (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  return step === 0 || step === 1 || step === -1;
}
