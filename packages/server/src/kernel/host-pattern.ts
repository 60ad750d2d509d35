/**
 * Whether a text matches a pattern of ssh_config(5): `*` for any characters, `?` for exactly one. Linear, so that no pattern takes long.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  let position = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (position < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = position;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at++;
      position++;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      position = ++resume;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
