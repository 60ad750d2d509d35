import type { usePreferences } from '../../accounts/queries.ts';
import { observable } from '../../../lib/observable.ts';

type Preferences = ReturnType<typeof usePreferences>;

/** How terminals look and behave; the preferences of the person, and the colour scheme of the app. */
export interface Appearance extends Omit<Preferences['terminal'], 'theme'> {
  readonly theme: Preferences['terminal']['theme'];
  readonly scheme: 'light' | 'dark';
}

/** The smallest font size, in pixels. */
export const smallestFontPx = 8;
/** The largest font size, in pixels. */
export const largestFontPx = 32;
/** The default font size, in pixels. */
export const defaultFontPx = 13;

/** The appearance of all terminals of this page. */
export const appearance = observable<Appearance>({
  theme: 'auto',
  scheme: 'dark',
  fontSize: defaultFontPx,
  scrollbackLines: 10_000,
  cursorStyle: 'block',
  cursorBlink: true,
  copyOnSelect: false,
  pasteGuard: true,
  bell: false,
});
