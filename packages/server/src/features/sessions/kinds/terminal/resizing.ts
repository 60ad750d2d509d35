import type { TerminalChannel, TerminalSize } from '../../../../protocols/protocol.ts';

/** A window that is dragged changes its size with every frame; the server hears of the latest this often. */
const resizeEveryMs = 50;

/** The size of a terminal, and telling the server of it. */
export interface Resizing {
  current(): TerminalSize;
  to(size: TerminalSize): void;
  /** The shell is there. */
  open(channel: Pick<TerminalChannel, 'resize'>): void;
  stop(): void;
}

/** Begins with a size that is told when the shell is there. */
export function createResizing(size: TerminalSize): Resizing {
  let current = size;
  let channel: Pick<TerminalChannel, 'resize'> | undefined;
  let resting: NodeJS.Timeout | undefined;
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
    stop() {
      channel = undefined;
      clearTimeout(resting);
    },
  };
}
