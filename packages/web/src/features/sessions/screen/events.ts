import type { Terminal } from '@xterm/xterm';
import type { Size } from '../terminal/target.ts';
import type { LinkListener } from './links.ts';
import { isReport } from './reports.ts';
import { clipboardTextOf, titleOf } from './untrusted-text.ts';

/** The events of a screen. Texts of the server are already safe to show. */
export interface ScreenListener extends LinkListener {
  /** `isTyped` is false for what the emulator sends by itself. */
  readonly onInput: (bytes: Uint8Array<ArrayBuffer>, isTyped: boolean) => void;
  readonly onResize: (size: Size) => void;
  readonly onTitle: (title: string) => void;
  readonly onBell: () => void;
  /** The server wants to write this to the clipboard. */
  readonly onClipboard: (text: string) => void;
  /** The person pastes; the text reaches the terminal only by the screen's `paste`. */
  readonly onPaste: (text: string) => void;
  readonly onSelect: (text: string) => void;
  /** Returns whether the key is handled already, and the emulator must not see it. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Whether old output is shown again. It must not act a second time: no reports, no bell, no clipboard. */
export class Replay {
  #state: 'none' | 'waiting' | 'running' = 'none';

  get isLive(): boolean {
    return this.#state === 'none';
  }

  start(): void {
    this.#state = 'waiting';
  }

  /** Whether the next bytes are the scrollback, which the server sends in one piece. */
  takeFirst(): boolean {
    if (this.#state !== 'waiting') return false;
    this.#state = 'running';
    return true;
  }

  end(): void {
    this.#state = 'none';
  }
}

/** Passes the events of an emulator to the listener. */
export function listenTo(terminal: Terminal, replay: Replay, listener: ScreenListener): void {
  listenToInput(terminal, replay, listener);
  // The event of the emulator has more members than the protocol allows.
  terminal.onResize(({ cols, rows }) => {
    listener.onResize({ cols, rows });
  });
  terminal.onTitleChange((title) => {
    listener.onTitle(titleOf(title));
  });
  terminal.onBell(() => {
    if (replay.isLive) listener.onBell();
  });
  terminal.onSelectionChange(() => {
    listener.onSelect(terminal.getSelection());
  });
  terminal.parser.registerOscHandler(52, (data) => {
    const text = clipboardTextOf(data);
    if (text !== undefined && replay.isLive) listener.onClipboard(text);
    return true;
  });
  terminal.attachCustomKeyEventHandler((event) => event.type !== 'keydown' || !listener.onKey(event));
}

/** Lets the listener decide about a paste before the emulator sees it. */
export function listenToPaste(element: HTMLElement, { onPaste }: Pick<ScreenListener, 'onPaste'>): void {
  element.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      onPaste(event.clipboardData?.getData('text/plain') ?? '');
    },
    true,
  );
}

const encoder = new TextEncoder();

function listenToInput(terminal: Terminal, replay: Replay, { onInput }: ScreenListener): void {
  terminal.onData((data) => {
    const isTyped = !isReport(data);
    if (isTyped || replay.isLive) onInput(encoder.encode(data), isTyped);
  });
  terminal.onBinary((data) => {
    if (!replay.isLive) return;
    onInput(
      Uint8Array.from(data, (character) => character.charCodeAt(0)),
      false,
    );
  });
}
