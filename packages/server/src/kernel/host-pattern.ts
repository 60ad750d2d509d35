const asterisk = 0x2a;
const questionMark = 0x3f;

/**
 * Whether a text matches a pattern of ssh_config(5): `*` for any characters, `?` for exactly one. Takes at most as many steps as the product
 * of both lengths, and without `*` no more than the text is long.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  let position = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    const wanted = pattern.charCodeAt(at);
    if (wanted === asterisk) {
      star = at++;
      resume = position;
    } else if (wanted === questionMark || wanted === text.charCodeAt(position)) {
      at++;
      position++;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      position = ++resume;
    }
  }
  while (pattern.charCodeAt(at) === asterisk) at++;
  return at === pattern.length;
}
