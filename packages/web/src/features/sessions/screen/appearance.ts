import type { usePreferences } from '../../accounts/queries.ts';
import { observable } from '../../../lib/observable.ts';

type Preferences = ReturnType<typeof usePreferences>;

/** How terminals look and behave; the preferences of the person, and the colour scheme of the app. */
export interface Appearance extends Omit<Preferences['terminal'], 'theme'> {
  readonly theme: Preferences['terminal']['theme'];
  readonly scheme: 'light' | 'dark';
}

/** The smallest letters that can be chosen, in pixels. */
export const smallestFontPx = 8;
/** The largest letters that can be chosen, in pixels. */
export const largestFontPx = 32;
/** Letters where nothing was chosen, in pixels. */
export const defaultFontPx = 13;

/** What all terminals of this page follow. */
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
