/** The pieces in which long input is sent: far below the 1 MiB that a frame may have, and short enough that resizing is not delayed. */
const pieceBytes = 16 * 1024;
/** How much of the input may be unsent in the browser. It grows as soon as the server reads no more. */
const maxBufferedBytes = 64 * 1024;
/** How long the queue waits before it looks whether the browser has sent something: nothing reports that. */
const lookAgainMs = 20;
/** What is sent before the shell is there; Gatehouse keeps 64 KiB until then. */
const maxEarlyBytes = 32 * 1024;

/** Where input goes. */
export interface InputSocket {
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** What was given to `send` and is still in the browser. */
  readonly bufferedBytes: () => number;
}

/** Input on its way to one socket, in order. */
export interface InputQueue {
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The shell is there. */
  readonly ready: () => void;
  /** Drops what waits. */
  readonly clear: () => void;
}

/** Sends input in pieces, no faster than the server reads it. `onWaiting` gets how many bytes wait whenever that changes. */
export function createInputQueue(socket: InputSocket, onWaiting: (bytes: number) => void): InputQueue {
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let isReady = false;
  let earlyBytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const maySend = (bytes: number) =>
    isReady ? socket.bufferedBytes() < maxBufferedBytes : earlyBytes + bytes <= maxEarlyBytes;
  const report = () => {
    onWaiting(waiting.reduce((sum, { byteLength }) => sum + byteLength, 0));
  };
  const pump = () => {
    clearTimeout(timer);
    if (waiting.length === 0) return;
    let sent = 0;
    for (const piece of waiting) {
      if (!maySend(piece.byteLength)) break;
      if (!isReady) earlyBytes += piece.byteLength;
      socket.send(piece);
      sent++;
    }
    waiting = waiting.slice(sent);
    report();
    if (waiting.length > 0 && isReady) timer = setTimeout(pump, lookAgainMs);
  };
  return {
    send(bytes) {
      const isFirst = waiting.length === 0;
      for (let at = 0; at < bytes.byteLength; at += pieceBytes) waiting.push(bytes.subarray(at, at + pieceBytes));
      // What is behind other input waits until that was sent.
      if (isFirst) pump();
      else report();
    },
    ready() {
      isReady = true;
      pump();
    },
    clear() {
      clearTimeout(timer);
      waiting = [];
      report();
    },
  };
}
