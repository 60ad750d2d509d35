const token = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`;
const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
/** `name [= value]`, as a preference and as each of its parameters (RFC 7240 section 2). */
const pair = new RegExp(String.raw`[ \t]*(${token})(?:[ \t]*=[ \t]*(${token}|${quoted}))?[ \t]*`, 'y');

/** Longer headers are ignored: no client sends that many preferences. */
const maxHeaderLength = 1_000;

/** How strictly a client wants its request handled (RFC 7240 section 4.4). */
export type Handling = 'strict' | 'lenient';

/**
 * The `handling` that a Prefer header asks for; undefined if it asks for none. According to RFC 7240, names are case-insensitive, the first of
 * several counts, and malformed preferences are skipped.
 */
export function handlingOf(header: string | string[] | undefined): Handling | undefined {
  const text = [header ?? ''].flat().join(',');
  if (text.length > maxHeaderLength) return undefined;
  for (const preference of splitOutsideQuotes(text, ',')) {
    const [first = ''] = splitOutsideQuotes(preference, ';');
    const { name, value } = parsePair(first);
    if (name !== 'handling') continue;
    return value === 'strict' || value === 'lenient' ? value : undefined;
  }
  return undefined;
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const part = new RegExp(`(?:${quoted}|[^"${separator}]|")+`, 'g');
  return text.match(part) ?? [];
}

function parsePair(text: string): { name: string; value: string } {
  pair.lastIndex = 0;
  const match = pair.exec(text);
  if (match?.[0].length !== text.length) return { name: '', value: '' };
  const [, name = '', value = ''] = match;
  const bare = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  return { name: name.toLowerCase(), value: bare.toLowerCase() };
}
