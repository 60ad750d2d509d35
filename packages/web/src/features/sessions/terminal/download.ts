import type { Pane } from '../../../workspace/workspace.ts';
import type { TerminalRuntime } from './terminal-runtime.ts';

/** Saves the scrollback as a text file. */
export function downloadScrollback({ target }: Pane, { screen }: TerminalRuntime): void {
  const text = new Blob([screen.text], { type: 'text/plain' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(text);
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  link.download = `${target.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-${time}.txt`;
  link.click();
  // The browser has read the blob by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
