import { redactText } from './redact.ts';

/** The most of a command that is recorded, in bytes of UTF-8. */
const maxCommandBytes = 4_096;
const encoder = new TextEncoder();

/**
 * The recorded form of a command: all of it, or its beginning and a mark that it was cut. Secrets are redacted before the cut, so that no half of one
 * remains.
 */
export function recordedCommand(command: string): { readonly command: string; readonly commandCut?: true } {
  const text = redactText(command);
  // Stops before a character that does not fit any more.
  const { read } = encoder.encodeInto(text, new Uint8Array(maxCommandBytes));
  return read === text.length ? { command: text } : { command: text.slice(0, read), commandCut: true };
}
