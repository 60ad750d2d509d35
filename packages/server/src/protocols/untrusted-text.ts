/** Escape sequences, line breaks and bidirectional overrides could forge the output on a screen or in a log. */
// eslint-disable-next-line no-control-regex -- control characters are what this removes
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Makes untrusted text of several lines safe to show: without control characters, other than line feeds between its lines. */
export function sanitizeLines(text: string): string {
  const lines = text.split(/\r\n|[\r\n]/u).map((line) => line.replace(unsafe, ' ').trimEnd());
  return lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .replace(/^\n+|\n+$/gu, '')
    .toWellFormed();
}

/** Makes untrusted text safe to show on one line: without control characters and with at most `maxLength` UTF-16 units. */
export function sanitize(text: string, maxLength = 200): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(unsafe, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength).toWellFormed()}…` : line.toWellFormed();
}
