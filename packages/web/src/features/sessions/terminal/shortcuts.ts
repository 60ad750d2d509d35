import { copyText } from '../../../lib/clipboard.ts';
import type { Observable } from '../../../lib/observable.ts';
import { appearance, largestFontPx, smallestFontPx, defaultFontPx } from '../screen/appearance.ts';
import { shortcutOf } from '../screen/keys.ts';

interface KeyTarget {
  readonly screen: { readonly selection: string };
  readonly isSearching: Pick<Observable<boolean>, 'set'>;
}

/** Carries out a shortcut of the terminal itself; returns whether the key was one. */
export function handleTerminalKey(event: KeyboardEvent, { screen, isSearching }: KeyTarget): boolean {
  const { selection } = screen;
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
      isSearching.set(true);
      return true;
    case 'zoom':
      event.preventDefault();
      zoom(shortcut.step);
      return true;
    case undefined:
      return false;
  }
}

/** Changes the font size of all terminals; 0 restores the default. */
export function zoom(step: -1 | 0 | 1): void {
  const { fontSize } = appearance.get();
  const wanted = step === 0 ? defaultFontPx : Math.min(largestFontPx, Math.max(smallestFontPx, fontSize + step));
  appearance.set({ ...appearance.get(), fontSize: wanted });
}
