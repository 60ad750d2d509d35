/** What the tokens of ssh_config(5) stand for, by letter; `%%` needs none. */
export type Tokens = Readonly<Partial<Record<'h' | 'n' | 'p' | 'r', string | undefined>>>;

/** Replaces the tokens of a text; undefined if one of them has no value here. */
export function expandTokens(text: string, tokens: Tokens): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = { ...tokens, '%': '%' };
  const parts = text.split(/%(.?)/s);
  // Every other part is the letter of a token.
  const replaced = parts.map((part, index) => {
    if (index % 2 === 0) return part;
    return Object.hasOwn(values, part) ? values[part] : undefined;
  });
  return replaced.includes(undefined) ? undefined : replaced.join('');
}
