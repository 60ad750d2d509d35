import { redactText } from './redact.ts';

/** The most of a command that is recorded, in bytes of UTF-8. */
const maxCommandBytes = 4_096;
const encoder = new TextEncoder();

/** What is recorded of a command: all of it, or its beginning and that it was cut. What looks like a secret is taken out before, so that no half of one is left. */
export function recordedCommand(command: string): { readonly command: string; readonly commandCut?: true } {
  const text = redactText(command);
  // Stops before a character that no longer fits.
  const { read } = encoder.encodeInto(text, new Uint8Array(maxCommandBytes));
  return read === text.length ? { command: text } : { command: text.slice(0, read), commandCut: true };
}
