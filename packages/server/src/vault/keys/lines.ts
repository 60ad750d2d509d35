const lf = 0x0a;
const cr = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits a pasted or uploaded key into lines: LF, CRLF or CR, without a byte-order mark, without blank lines. The lines are views of the input and
 * keep trailing blanks, which may belong to the comment of a PuTTY key; `trimBlanks` removes them.
 */
export function splitLines(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = text.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  for (let end = start; end <= text.length; end++) {
    if (end < text.length && text[end] !== lf && text[end] !== cr) continue;
    const line = text.subarray(start, end);
    if (!line.every(isBlank)) lines.push(line);
    start = end + 1;
  }
  return lines;
}

/** Without spaces and tabs at both ends; a view, not a copy. */
export function trimBlanks(line: Buffer): Buffer {
  const start = line.findIndex((byte) => !isBlank(byte));
  const end = line.findLastIndex((byte) => !isBlank(byte));
  return start === -1 ? line.subarray(0, 0) : line.subarray(start, end + 1);
}

/** Whether a line starts with these US-ASCII characters. Creates no string of the line. */
export function startsWith(line: Buffer, prefix: string): boolean {
  return line.length >= prefix.length && line.toString('latin1', 0, prefix.length) === prefix;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}
