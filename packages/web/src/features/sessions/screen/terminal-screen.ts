import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import type { Size } from '../terminal/target.ts';
import { appearance } from './appearance.ts';
import { createEmulator, optionsOf, textOf } from './emulator.ts';
import { listenTo, listenToPaste, Replay, type ScreenListener } from './events.ts';
import { createLinks } from './links.ts';
import { createOutputQueue, type OutputQueue } from './output-queue.ts';
import { takeProcessedKeys } from './processed-keys.ts';
import { attachRenderer } from './renderer.ts';
import { watchScrolling } from './scrolling.ts';
import { createSearch, type Search } from './search.ts';

/** Back to the normal screen (DECRST 1049, which also restores a saved cursor, so one is saved first), out of all modes (DECSTR), no mouse, focus or paste modes, and onto a new line. */
const resetModes = '\u001B7\u001B[?1049l\u001B[!p\u001B[?1000;1002;1003;1004;1006;2004l\r\n';

/** A terminal emulator with its element. It exists before it is shown and while it is hidden. */
export class TerminalScreen {
  readonly element: HTMLElement;
  readonly search: Search;
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #replay = new Replay();
  readonly #output: OutputQueue;
  readonly #unsubscribe: () => void;
  #detachRenderer: (() => void) | undefined;

  constructor(listener: ScreenListener, size: Size) {
    this.element = document.createElement('div');
    const links = createLinks(this.element, listener);
    const terminal = createEmulator(size, links.hidden);
    const search = new SearchAddon();
    for (const addon of [this.#fit, search, links.visible]) terminal.loadAddon(addon);
    const isProcessed = takeProcessedKeys(this.element, (text) => {
      terminal.input(text);
    });
    const onKey = (event: KeyboardEvent) => listener.onKey(event) || isProcessed(event);
    listenTo(terminal, this.#replay, { ...listener, onKey });
    listenToPaste(this.element, listener);
    this.#terminal = terminal;
    this.search = createSearch(terminal, search);
    this.#output = createOutputQueue({
      write: (bytes, onWritten) => {
        terminal.write(bytes, onWritten);
      },
      linesKept: () => (terminal.options.scrollback ?? 0) + 2 * terminal.rows,
      scrollsPlainly: watchScrolling(terminal),
    });
    this.#unsubscribe = appearance.subscribe(() => {
      terminal.options = optionsOf(appearance.get());
      this.#fit.fit();
    });
  }

  get size(): Size {
    return { cols: this.#terminal.cols, rows: this.#terminal.rows };
  }

  /** Shows output; `onWritten` is called when it has been processed. */
  write(bytes: Uint8Array, onWritten: () => void): void {
    if (!this.#replay.takeFirst()) {
      this.#output.write(bytes, onWritten);
      return;
    }
    this.#output.writeWhole(bytes, () => {
      this.#replay.end();
      onWritten();
    });
  }

  /** Clears the screen for the scrollback of a joined session, whose requests are not answered again. */
  startReplay(): void {
    this.#output.clear();
    this.#terminal.reset();
    this.#replay.start();
  }

  /** Leaves the modes that the previous session may have set; its text stays. */
  startOver(): void {
    this.#output.writeWhole(new TextEncoder().encode(resetModes), () => undefined);
  }

  /** Puts the element into the page; `inputLabel` names it for screen readers. */
  show(parent: HTMLElement, inputLabel: string): void {
    parent.append(this.element);
    if (this.#terminal.element === undefined) this.#terminal.open(this.element);
    this.#terminal.textarea?.setAttribute('aria-label', inputLabel);
    this.#detachRenderer ??= attachRenderer(this.#terminal);
    this.#fit.fit();
  }

  hide(): void {
    this.#detachRenderer?.();
    this.#detachRenderer = undefined;
    this.element.remove();
  }

  /** Adapts the number of columns and rows to the size of the element. */
  fit(): void {
    if (this.element.isConnected) this.#fit.fit();
  }

  focus(): void {
    this.#terminal.focus();
  }

  paste(text: string): void {
    this.#terminal.paste(text);
  }

  /** Sends text as if the person had typed it. */
  type(text: string): void {
    this.#terminal.input(text);
  }

  clear(): void {
    this.#terminal.clear();
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  /** The screen and the scrollback. */
  get text(): string {
    return textOf(this.#terminal);
  }

  /** Whether applications want arrow keys in their own encoding (DECCKM). */
  get hasApplicationCursor(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  /** Whether a program uses the alternate screen, as editors and pagers do. */
  get isAlternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  dispose(): void {
    this.#unsubscribe();
    this.#detachRenderer?.();
    this.#terminal.dispose();
    this.element.remove();
  }
}
