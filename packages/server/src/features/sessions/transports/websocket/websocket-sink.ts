import {
  terminalClientFrame,
  type TerminalClientFrame,
  type TerminalServerFrame,
} from '@gatehouse/contract/connections';
import type { WebSocket } from 'ws';
import { limitFrames } from '../../../../kernel/ws/frame-allowance.ts';
import { startHeartbeat } from '../../../../kernel/ws/heartbeat.ts';

/** Why a socket is closed (RFC 6455 section 7.4; the 4000s are ours). */
const closeCodes = {
  exited: 1000,
  goingAway: 1001,
  badFrame: 1008,
  failed: 4000,
  takenOver: 4001,
  ended: 4002,
} as const;

export type CloseReason = keyof typeof closeCodes;

/** The way to one browser or program at a terminal. */
export interface Wire {
  tell(frame: TerminalServerFrame): void;
  send(bytes: Buffer): void;
  /** What was sent and has not left this process yet, in bytes. */
  queuedBytes(): number;
  /** Reads no more until `resume`: neither input nor answers. */
  pause(): void;
  resume(): void;
  /** Says good-bye; nothing is heard from it any more, not even that it is gone. `words` are ours and short. */
  close(reason: CloseReason, words: string): void;
  /** Sends a client away that breaks the protocol; for the listener it is lost. */
  reject(words: string): void;
}

export interface WireListener {
  onBytes(bytes: Buffer): void;
  onFrame(frame: TerminalClientFrame): void;
  /** It broke, or the other end closed it. */
  onLost(): void;
}

/** Takes over a socket that was admitted. */
export function createWire(socket: WebSocket, listener: WireListener): Wire {
  let attached = true;
  const reading = createReading(socket);
  const stopHeartbeat = startHeartbeat(socket, reading.isPaused);
  const detach = () => {
    const was = attached;
    attached = false;
    stopHeartbeat();
    reading.stop();
    return was;
  };
  const gathering = gather((bytes) => {
    reading.countSent();
    socket.send(bytes, { binary: true });
  });
  const wire: Wire = {
    tell(frame) {
      gathering.flush();
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    },
    send(bytes) {
      gathering.add(bytes);
    },
    queuedBytes: () => gathering.bytes() + socket.bufferedAmount,
    pause: reading.pause,
    resume: reading.resume,
    close(reason, words) {
      detach();
      gathering.flush();
      socket.close(closeCodes[reason], words);
    },
    reject(words) {
      const was = detach();
      wire.close('badFrame', words);
      if (was) listener.onLost();
    },
  };
  socket.once('close', () => {
    if (detach()) listener.onLost();
  });
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!attached) return;
    reading.countReceived();
    if (isBinary) listener.onBytes(data);
    else receive(data.toString('utf8'), wire, listener);
  });
  return wire;
}

/** Reads a socket, unless it is paused or its client has sent too many frames. */
function createReading(socket: WebSocket) {
  let isStopped = false;
  let paused = false;
  let resting = false;
  const isPaused = () => !isStopped && (paused || resting);
  const read = () => {
    if (isPaused()) socket.pause();
    else socket.resume();
  };
  const setPaused = (is: boolean) => {
    paused = is;
    read();
  };
  const setResting = (is: boolean) => {
    resting = is;
    read();
  };
  const allowance = limitFrames(setResting);
  return {
    isPaused,
    pause: () => {
      setPaused(true);
    },
    resume: () => {
      setPaused(false);
    },
    countReceived: allowance.take,
    countSent: allowance.give,
    /** Reads without limits from now on: the answer to a close. */
    stop() {
      isStopped = true;
      allowance.stop();
      read();
    },
  };
}

/** As soon as a frame has so many bytes it goes out, so that its acknowledgement comes while others are on their way. */
const fullFrameBytes = 64 * 1024;

interface Gathering {
  add(bytes: Buffer): void;
  /** What waits for the end of this turn. */
  bytes(): number;
  flush(): void;
}

/** Makes frames of what comes in one turn of the event loop. A server sends its output in pieces of few KiB, and a frame costs a browser more than they. */
function gather(send: (bytes: Buffer) => void): Gathering {
  let waiting: Buffer[] = [];
  let size = 0;
  function flush(): void {
    const [only] = waiting;
    if (only === undefined) return;
    const bytes = waiting.length === 1 ? only : Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    send(bytes);
  }
  return {
    add(bytes) {
      waiting.push(bytes);
      size += bytes.length;
      if (size >= fullFrameBytes) flush();
      else if (waiting.length === 1) queueMicrotask(flush);
    },
    bytes: () => size,
    flush,
  };
}

function receive(text: string, wire: Wire, listener: WireListener): void {
  const frame = terminalClientFrame.safeParse(parseJson(text));
  if (frame.success) listener.onFrame(frame.data);
  else wire.reject('not a frame of gatehouse.v1');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is as wrong as JSON of another shape, and answered alike.
    return undefined;
  }
}
