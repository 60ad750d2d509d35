import { copyText } from '../../../lib/clipboard.ts';
import { appearance, largestFontPx, smallestFontPx, usualFontPx } from '../screen/appearance.ts';
import { shortcutOf } from '../screen/keys.ts';
import type { Screen } from '../screen/screen.ts';

interface Doers {
  readonly screen: Screen;
  readonly search: () => void;
}

/** Does what a key means to the terminal itself; returns whether the key is thereby done. */
export function terminalKey(event: KeyboardEvent, { screen, search }: Doers): boolean {
  const selection = screen.selection();
  const shortcut = shortcutOf(event, selection !== '');
  switch (shortcut?.kind) {
    case 'copy':
      event.preventDefault();
      if (selection !== '') void copyText(selection);
      return true;
    case 'paste':
      return true;
    case 'search':
      event.preventDefault();
      search();
      return true;
    case 'zoom':
      event.preventDefault();
      zoom(shortcut.step);
      return true;
    case undefined:
      return false;
  }
}

/** Makes the letters of all terminals larger or smaller; 0 gives them back their usual size. */
export function zoom(step: -1 | 0 | 1): void {
  const { fontSize } = appearance.get();
  const wanted = step === 0 ? usualFontPx : Math.min(largestFontPx, Math.max(smallestFontPx, fontSize + step));
  appearance.set({ ...appearance.get(), fontSize: wanted });
}
