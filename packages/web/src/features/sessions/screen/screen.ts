import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal, type ITerminalOptions } from '@xterm/xterm';
import type { Size } from '../terminal/target.ts';
import { appearance, type Appearance } from './appearance.ts';
import { createOutputQueue } from './output-queue.ts';
import { createLinks, type LinkListener } from './links.ts';
import { drawFast } from './renderer.ts';
import { isReport } from './reports.ts';
import { watchScrolling } from './scrolling.ts';
import { searching, type Search } from './search.ts';
import { terminalTheme } from './terminal-themes.ts';
import { clipboardTextOf, titleOf } from './untrusted-text.ts';

const fontFamily = "'JetBrains Mono Variable', ui-monospace, monospace";
/** How long a terminal waits for its letters before it takes those of the system. */
const fontTimeoutMs = 2_000;

/** The emulator measures its letters once, so they have to be there before it is shown. */
export const lettersLoaded: Promise<unknown> = Promise.race([
  Promise.all(['400', '700'].map((weight) => document.fonts.load(`${weight} 13px ${fontFamily}`))),
  new Promise((resolve) => setTimeout(resolve, fontTimeoutMs)),
]);

/** What a screen tells; the texts are the server's, already harmless to show. */
export interface ScreenListener extends LinkListener {
  /** `isTyped` is false for what the terminal answers by itself. */
  readonly onInput: (bytes: Uint8Array<ArrayBuffer>, isTyped: boolean) => void;
  readonly onResize: (size: Size) => void;
  readonly onTitle: (title: string) => void;
  readonly onBell: () => void;
  /** The server wants this in the clipboard. */
  readonly onClipboard: (text: string) => void;
  /** Somebody pastes; `paste` is what lets it through. */
  readonly onPaste: (text: string) => void;
  readonly onSelect: (text: string) => void;
  /** Returns whether the key is the terminal's own business. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** A terminal emulator with its element, made before it is shown and kept while it is not. */
export interface Screen {
  readonly element: HTMLElement;
  readonly search: Search;
  readonly size: () => Size;
  readonly write: (bytes: Uint8Array, onWritten: () => void) => void;
  /** Empties the screen for the scrollback of a joined session, and answers nothing that the old output asks. */
  readonly startReplay: () => void;
  /** A new session follows what an old one may have left in any state; what it wrote stays. */
  readonly startOver: () => void;
  /** Puts the element into the page; `inputLabel` names it for screen readers. */
  readonly show: (parent: HTMLElement, inputLabel: string) => void;
  readonly hide: () => void;
  /** Fills the room that the element has. */
  readonly fit: () => void;
  readonly focus: () => void;
  readonly paste: (text: string) => void;
  /** As if typed. */
  readonly type: (text: string) => void;
  readonly clear: () => void;
  readonly selection: () => string;
  /** Everything that can be scrolled to, as text. */
  readonly text: () => string;
  /** Whether arrow keys are to be sent as applications want them (DECCKM). */
  readonly hasApplicationCursor: () => boolean;
  readonly dispose: () => void;
}

const encoder = new TextEncoder();
/** The mock-up's rhythm: 13-px letters on 19-px lines. */
const lineHeight = 1.1;

/** Back to the normal screen (DECRST 1049, which goes back to a saved cursor as well, so that one is saved first), out of all modes (DECSTR), no mouse, focus or paste modes, and onto a new line. */
const startOver = '\u001B7\u001B[?1049l\u001B[!p\u001B[?1000;1002;1003;1004;1006;2004l\r\n';

/** Makes a screen; nothing is seen of it before `show`. */
// eslint-disable-next-line max-lines-per-function -- one closure over the state of one screen; it is to be split with its next change
export function createScreen(listener: ScreenListener, size: Size): Screen {
  const element = document.createElement('div');
  const links = createLinks(element, listener);
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
    linkHandler: links.hidden,
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.loadAddon(links.visible);
  const replay = listen(terminal, element, listener);
  const stopFollowing = appearance.subscribe(() => {
    terminal.options = optionsOf(appearance.get());
    fit.fit();
  });
  const output = createOutputQueue({
    write: (bytes, onWritten) => {
      terminal.write(bytes, onWritten);
    },
    linesKept: () => (terminal.options.scrollback ?? 0) + 2 * terminal.rows,
    scrollsPlainly: watchScrolling(terminal),
  });
  let stopRendering: (() => void) | undefined;

  return {
    element,
    search: searching(terminal, search),
    size: () => ({ cols: terminal.cols, rows: terminal.rows }),
    write(bytes, onWritten) {
      if (!replay.takesFirst()) output.write(bytes, onWritten);
      else
        output.writeWhole(bytes, () => {
          replay.end();
          onWritten();
        });
    },
    startReplay() {
      output.clear();
      terminal.reset();
      replay.start();
    },
    startOver() {
      output.writeWhole(encoder.encode(startOver), () => undefined);
    },
    show(parent, inputLabel) {
      parent.append(element);
      if (terminal.element === undefined) terminal.open(element);
      terminal.textarea?.setAttribute('aria-label', inputLabel);
      stopRendering ??= drawFast(terminal);
      fit.fit();
    },
    hide() {
      stopRendering?.();
      stopRendering = undefined;
      element.remove();
    },
    fit: () => {
      if (element.isConnected) fit.fit();
    },
    focus: () => {
      terminal.focus();
    },
    paste: (text) => {
      terminal.paste(text);
    },
    type: (text) => {
      terminal.input(text);
    },
    clear: () => {
      terminal.clear();
    },
    selection: () => terminal.getSelection(),
    text: () => textOf(terminal),
    hasApplicationCursor: () => terminal.modes.applicationCursorKeysMode,
    dispose() {
      stopFollowing();
      stopRendering?.();
      terminal.dispose();
      element.remove();
    },
  };
}

function optionsOf(wanted: Appearance): ITerminalOptions {
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

/** Old output that is shown again must not act a second time: no answers, no bell, no questions. */
interface Replay {
  readonly start: () => void;
  /** Whether the next bytes are the scrollback, which is sent in one piece. */
  readonly takesFirst: () => boolean;
  readonly end: () => void;
}

function listen(terminal: Terminal, element: HTMLElement, listener: ScreenListener): Replay {
  let state: 'none' | 'waiting' | 'running' = 'none';
  const isLive = () => state === 'none';
  terminal.onData((data) => {
    const isTyped = !isReport(data);
    if (isTyped || isLive()) listener.onInput(encoder.encode(data), isTyped);
  });
  terminal.onBinary((data) => {
    if (isLive())
      listener.onInput(
        Uint8Array.from(data, (character) => character.charCodeAt(0)),
        false,
      );
  });
  // What the emulator tells has more members than the protocol allows.
  terminal.onResize(({ cols, rows }) => {
    listener.onResize({ cols, rows });
  });
  terminal.onTitleChange((title) => {
    listener.onTitle(titleOf(title));
  });
  terminal.onBell(() => {
    if (isLive()) listener.onBell();
  });
  terminal.onSelectionChange(() => {
    listener.onSelect(terminal.getSelection());
  });
  terminal.parser.registerOscHandler(52, (data) => {
    const text = clipboardTextOf(data);
    if (text !== undefined && isLive()) listener.onClipboard(text);
    return true;
  });
  terminal.attachCustomKeyEventHandler((event) => event.type !== 'keydown' || !listener.onKey(event));
  element.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      listener.onPaste(event.clipboardData?.getData('text/plain') ?? '');
    },
    true,
  );
  return {
    start() {
      state = 'waiting';
    },
    takesFirst() {
      if (state !== 'waiting') return false;
      state = 'running';
      return true;
    },
    end() {
      state = 'none';
    },
  };
}

function textOf({ buffer: { active } }: Terminal): string {
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
