import { maxTerminalSide } from '@gatehouse/contract/terminal-frames';
import type { TerminalChannel, TerminalSize } from '../../../../protocols/protocol.ts';

/** A dragged window changes its size with every frame; the server is sent the latest size at this interval. */
const resizeEveryMs = 50;
/** How long a program has for the other size until it gets its own again: two signals at once would be one, without a change of the size. */
const redrawMs = 200;

/** Keeps the size of a terminal and sends it to the server. */
export interface Resizing {
  current(): TerminalSize;
  to(size: TerminalSize): void;
  /** Called when the shell is open. */
  open(channel: Pick<TerminalChannel, 'resize'>): void;
  /** Lets the program draw its screen again: servers signal a change of the size, and nothing else. */
  redraw(): void;
  stop(): void;
}

/** Starts with a size that is sent when the shell opens. */
export function createResizing(size: TerminalSize): Resizing {
  let current = size;
  let channel: Pick<TerminalChannel, 'resize'> | undefined;
  let resting: NodeJS.Timeout | undefined;
  let redrawing: NodeJS.Timeout | undefined;
  const to = (wanted: TerminalSize) => {
    current = wanted;
    if (resting !== undefined) return;
    channel?.resize(wanted);
    resting = setTimeout(() => {
      resting = undefined;
      if (current !== wanted) to(current);
    }, resizeEveryMs);
  };
  return {
    current: () => current,
    to,
    open(shell) {
      channel = shell;
      shell.resize(current);
    },
    redraw() {
      const { cols, rows } = current;
      channel?.resize({ cols, rows: rows < maxTerminalSide ? rows + 1 : rows - 1 });
      clearTimeout(redrawing);
      redrawing = setTimeout(() => channel?.resize(current), redrawMs);
    },
    stop() {
      channel = undefined;
      clearTimeout(resting);
      clearTimeout(redrawing);
    },
  };
}
