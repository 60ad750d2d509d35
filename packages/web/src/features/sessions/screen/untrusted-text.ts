const maxTitleCharacters = 80;

/** Control characters, and characters that change the writing direction or are invisible (Unicode TR 36 section 3.2). */
const invisible = /[\p{Cc}\p{Cs}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;
/** Control characters that a shell could interpret, except for tab and line ends. */
const pastedControls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g; // eslint-disable-line no-control-regex -- these are what is looked for

/** A title that a server has sent (OSC 0 and 2), as it may be shown: one line, short, in reading order. */
export function titleOf(sent: string): string {
  const line = Array.from(sent.replaceAll(invisible, '').trim());
  return line.length > maxTitleCharacters ? `${line.slice(0, maxTitleCharacters - 1).join('')}…` : line.join('');
}

/** What may be pasted: without escape sequences, which could end the bracketed paste and go on as if typed. */
export function pasteOf(text: string): string {
  return text.replaceAll(pastedControls, '');
}

/** Whether a shell would run a command at once. */
export function hasSeveralLines(text: string): boolean {
  return /[\r\n]/.test(text);
}

/** Parses an address that may be opened: only HTTP with or without TLS. */
export function webAddress(uri: string): URL | undefined {
  const url = URL.parse(uri);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** The text that OSC 52 writes to the clipboard; undefined for a request to read it, and for invalid Base64 or UTF-8. */
export function clipboardTextOf(data: string): string | undefined {
  const [, encoded = '?'] = /^[cpqs0-7]*;(.*)$/s.exec(data) ?? [];
  if (encoded === '?' || encoded === '') return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
