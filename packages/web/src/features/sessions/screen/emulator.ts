import '@xterm/xterm/css/xterm.css';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal, type ILinkHandler, type ITerminalOptions } from '@xterm/xterm';
import type { Size } from '../terminal/target.ts';
import { appearance, type Appearance } from './appearance.ts';
import { terminalTheme } from './terminal-themes.ts';

const fontFamily = "'JetBrains Mono Variable', ui-monospace, monospace";
/** After this, the terminal is shown with a system font. */
const fontTimeoutMs = 2_000;
/** 13-px characters on 19-px lines, as in the design. */
const lineHeight = 1.1;

/** The emulator measures its font once, so the font has to be loaded before a terminal is shown. */
export const fontLoaded: Promise<unknown> = Promise.race([
  Promise.all(['400', '700'].map((weight) => document.fonts.load(`${weight} 13px ${fontFamily}`))),
  new Promise((resolve) => setTimeout(resolve, fontTimeoutMs)),
]);

/** Creates the emulator in the current appearance; `linkHandler` is for links behind text (OSC 8). */
export function createEmulator(size: Size, linkHandler: ILinkHandler): Terminal {
  const terminal = new Terminal({
    ...size,
    ...optionsOf(appearance.get()),
    allowProposedApi: true,
    fontFamily,
    fontWeightBold: 700,
    lineHeight,
    letterSpacing: 0,
    macOptionClickForcesSelection: true,
    rightClickSelectsWord: true,
    linkHandler,
  });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  return terminal;
}

/** The options of the emulator that follow from the preferences. */
export function optionsOf(wanted: Appearance): ITerminalOptions {
  const { theme, scheme, fontSize, scrollbackLines, cursorStyle, cursorBlink } = wanted;
  return {
    fontSize,
    cursorStyle,
    cursorBlink,
    scrollback: scrollbackLines,
    theme: terminalTheme(theme, scheme),
    // Programs choose colours without knowing the background.
    minimumContrastRatio: theme === 'high-contrast' ? 7 : 4.5,
  };
}

/** The screen and the scrollback as text; wrapped lines are joined. */
export function textOf({ buffer: { active } }: Terminal): string {
  const lines: string[] = [];
  for (let index = 0; index < active.length; index++) {
    const line = active.getLine(index);
    if (line === undefined) continue;
    const text = line.translateToString(!active.getLine(index + 1)?.isWrapped);
    if (line.isWrapped) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
