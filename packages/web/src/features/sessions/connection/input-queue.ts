/** The pieces in which long input is sent: far below the 1 MiB that a frame may have, and short enough that resizing is not delayed. */
const pieceBytes = 16 * 1024;
/** How much of the input may be unsent in the browser. It grows as soon as the server reads no more. */
const maxBufferedBytes = 64 * 1024;
/** How long the queue waits before it looks whether the browser has sent something: nothing reports that. */
const lookAgainMs = 20;
/** What is sent before the shell is there; Gatehouse keeps 64 KiB until then. */
const maxEarlyBytes = 32 * 1024;
/** How much input is kept until the server has counted it, so that it can be sent again. */
const maxUncountedBytes = 1024 * 1024;
/** After so much input the server is asked for its count. */
const askEveryBytes = 128 * 1024;

const nameBytes = 16;

type Bytes = Uint8Array<ArrayBuffer>;

/** Where input goes. */
export interface InputSocket {
  readonly send: (bytes: Bytes) => void;
  /** What was given to `send` and is still in the browser. */
  readonly bufferedBytes: () => number;
}

interface InputListener {
  /** How many bytes wait; called whenever that changes. */
  readonly onWaiting: (bytes: number) => void;
  /** The server is to be asked how much it has counted. */
  readonly onAsk: () => void;
}

/** The input of one session, in order, over all sockets with which it is joined: each byte arrives once, no faster than the server reads. */
export class InputQueue {
  /** Under this name the server counts it. */
  readonly name = randomName();
  readonly #listener: InputListener;
  readonly #kept = createKept();
  #socket: InputSocket | undefined;
  #waiting: Bytes[] = [];
  #isReady = false;
  #awaitsCount = true;
  #earlyBytes = 0;
  #unaskedBytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: InputListener) {
    this.#listener = listener;
  }

  /** Without a socket, input is dropped. */
  send(bytes: Bytes): void {
    if (this.#socket === undefined) return;
    const isFirst = this.#waiting.length === 0;
    for (let at = 0; at < bytes.byteLength; at += pieceBytes) this.#waiting.push(bytes.subarray(at, at + pieceBytes));
    // What is behind other input waits until that was sent.
    if (isFirst) this.#pump();
    else this.#report();
  }

  /** Uses this socket from now on. Nothing is sent before the server has said how much it got of what was sent before. */
  attach(socket: InputSocket): void {
    this.#socket = socket;
    this.#isReady = false;
    this.#earlyBytes = 0;
    this.#awaitsCount = true;
  }

  /** The socket is lost: keeps what was sent and not counted, and what waits. */
  detach(): void {
    clearTimeout(this.#timer);
    this.#socket = undefined;
  }

  /** The shell is there. */
  ready(): void {
    this.#isReady = true;
    this.#pump();
  }

  /** The server has taken so many bytes since the beginning of the session. */
  counted(bytes: number): void {
    this.#kept.dropUntil(bytes);
    if (!this.#awaitsCount) return;
    this.#awaitsCount = false;
    this.#waiting.unshift(...this.#kept.take());
    this.#pump();
  }

  /** Drops what waits, such as the rest of a paste. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#report();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket === undefined || this.#waiting.length === 0) return;
    let sent = 0;
    for (const piece of this.#waiting) {
      if (!this.#maySend(piece, socket)) break;
      this.#give(piece, socket);
      sent++;
    }
    this.#waiting = this.#waiting.slice(sent);
    this.#report();
    if (this.#waiting.length === 0 || !this.#isReady) return;
    this.#timer = setTimeout(() => {
      this.#pump();
    }, lookAgainMs);
  }

  #maySend({ byteLength }: Bytes, { bufferedBytes }: InputSocket): boolean {
    if (this.#awaitsCount || this.#kept.bytes() + byteLength > maxUncountedBytes) return false;
    return this.#isReady ? bufferedBytes() < maxBufferedBytes : this.#earlyBytes + byteLength <= maxEarlyBytes;
  }

  #give(piece: Bytes, socket: InputSocket): void {
    if (!this.#isReady) this.#earlyBytes += piece.byteLength;
    socket.send(piece);
    this.#kept.add(piece);
    this.#unaskedBytes += piece.byteLength;
    if (this.#unaskedBytes < askEveryBytes) return;
    this.#unaskedBytes = 0;
    this.#listener.onAsk();
  }

  #report(): void {
    this.#listener.onWaiting(sizeOf(this.#waiting));
  }
}

/** What was sent and is not counted yet. */
function createKept() {
  let pieces: Bytes[] = [];
  let countedBytes = 0;
  return {
    bytes: () => sizeOf(pieces),
    add(piece: Bytes) {
      pieces.push(piece);
    },
    dropUntil(bytes: number) {
      // The server does not know this input any more, so what of it arrived is unknown; twice would be worse than not at all.
      if (bytes < countedBytes) pieces = [];
      let counted = bytes - countedBytes;
      countedBytes = bytes;
      pieces = pieces.flatMap((piece) => {
        const part = piece.subarray(Math.max(0, counted));
        counted -= piece.byteLength;
        return part.byteLength === 0 ? [] : [part];
      });
    },
    /** What has to be sent again. */
    take(): readonly Bytes[] {
      const taken = pieces;
      pieces = [];
      return taken;
    },
  };
}

function sizeOf(pieces: readonly Bytes[]): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function randomName(): string {
  // randomUUID() exists only in secure contexts; this page may be served over plain HTTP in a LAN.
  const bytes = crypto.getRandomValues(new Uint8Array(nameBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
