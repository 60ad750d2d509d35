/** The longest text that the API takes as one of the `keys`. */
const maxCharacters = 4_096;

/** Lines joined to as few texts as the API takes, so that a whole known_hosts file fits into one request. */
export function packLines(lines: readonly string[]): string[] {
  const packed: string[] = [];
  for (const line of lines) {
    const last = packed.at(-1);
    if (last === undefined || last.length + 1 + line.length > maxCharacters) packed.push(line);
    else packed[packed.length - 1] = `${last}\n${line}`;
  }
  return packed;
}
