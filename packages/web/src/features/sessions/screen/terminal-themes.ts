import type { usePreferences } from '../../accounts/queries.ts';

type Preferences = ReturnType<typeof usePreferences>;

type ThemeName = Exclude<Preferences['terminal']['theme'], 'auto'>;

/** The colours of ECMA-48, and those of background, cursor and selection. */
export interface TerminalTheme {
  readonly background: string;
  readonly foreground: string;
  readonly cursor: string;
  readonly cursorAccent: string;
  readonly selectionBackground: string;
  readonly black: string;
  readonly red: string;
  readonly green: string;
  readonly yellow: string;
  readonly blue: string;
  readonly magenta: string;
  readonly cyan: string;
  readonly white: string;
  readonly brightBlack: string;
  readonly brightRed: string;
  readonly brightGreen: string;
  readonly brightYellow: string;
  readonly brightBlue: string;
  readonly brightMagenta: string;
  readonly brightCyan: string;
  readonly brightWhite: string;
}

const ansi = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const bright = [
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

type Ground = Pick<TerminalTheme, 'background' | 'foreground' | 'cursor' | 'selectionBackground'>;

/** `normal` and `vivid` are eight colours each, in the order of ECMA-48. */
function theme(ground: Ground, normal: string, vivid: string): TerminalTheme {
  const named = (names: readonly string[], colors: string) =>
    Object.fromEntries(colors.split(' ').map((color, index) => [names[index] ?? '', color]));
  return {
    ...ground,
    cursorAccent: ground.background,
    ...named(ansi, normal),
    ...named(bright, vivid),
  } as unknown as TerminalTheme;
}

/** The themes that a person can choose from. */
export const terminalThemeTable: Readonly<Record<ThemeName, TerminalTheme>> = {
  'gatehouse-dark': theme(
    { background: '#0a0d12', foreground: '#d5dbe6', cursor: '#e7ebf2', selectionBackground: '#2c4a5c' },
    '#3b4557 #f2646f #46c48b #e4b04e #7aa7ff #c792ea #2fd0b8 #c8d0dc',
    '#7a869a #ff8a93 #6fe0ac #f5cb76 #a3c2ff #dcb2f7 #7ee0c9 #f4f6fa',
  ),
  'gatehouse-light': theme(
    { background: '#ffffff', foreground: '#1b2330', cursor: '#131822', selectionBackground: '#bfe3dd' },
    '#131822 #bd2836 #13734a #825700 #2553c4 #8a2fb0 #0b7a6e #5b6779',
    '#4c596b #d23744 #1a8a5a #9a6a00 #3f6ae0 #a247c9 #0d8176 #6b7789',
  ),
  'solarized-dark': theme(
    { background: '#002b36', foreground: '#a3b1b1', cursor: '#eee8d5', selectionBackground: '#0f5160' },
    '#073642 #e9625f #9bb300 #cfa22a #4aa3e0 #e0699f #3fb8ad #eee8d5',
    '#7f949b #f0834a #b6c94a #e0bd5c #7cc0ee #9d9fe0 #6fd0c6 #fdf6e3',
  ),
  nord: theme(
    { background: '#2e3440', foreground: '#d8dee9', cursor: '#eceff4', selectionBackground: '#4c566a' },
    '#3b4252 #d8828b #a3be8c #ebcb8b #88aed0 #c39bbb #88c0d0 #e5e9f0',
    '#8c98ae #e39aa2 #b6cfa0 #f2d8a3 #a0c1de #d2b0cb #9fd3d0 #eceff4',
  ),
  'high-contrast': theme(
    { background: '#000000', foreground: '#ffffff', cursor: '#ffff00', selectionBackground: '#0050c8' },
    '#767676 #ff7b7b #5cff5c #ffff5c #8cb4ff #ff8cff #5cffff #ffffff',
    '#a6a6a6 #ffa3a3 #9dff9d #ffffa3 #b8d0ff #ffb8ff #a3ffff #ffffff',
  ),
};

/** The theme by its name; `auto` follows the colour scheme of the app. */
export function terminalTheme(name: Preferences['terminal']['theme'], scheme: 'light' | 'dark'): TerminalTheme {
  if (name !== 'auto') return terminalThemeTable[name];
  return terminalThemeTable[scheme === 'dark' ? 'gatehouse-dark' : 'gatehouse-light'];
}
