/**
 * A text as searches compare it: without regard to case and to the Unicode form, in the same way in every language. (`toLocaleLowerCase` makes
 * another letter of I where the browser is Turkish.)
 */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
