import type { TerminalChannel, TerminalSize } from '../../../../protocols/protocol.ts';

/** A dragged window changes its size with every frame; the server is sent the latest size at this interval. */
const resizeEveryMs = 50;

/** Keeps the size of a terminal and sends it to the server. */
export interface Resizing {
  current(): TerminalSize;
  to(size: TerminalSize): void;
  /** Called when the shell is open. */
  open(channel: Pick<TerminalChannel, 'resize'>): void;
  stop(): void;
}

/** Starts with a size that is sent when the shell opens. */
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
