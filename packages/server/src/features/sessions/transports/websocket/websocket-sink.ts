import { sessionCloseCodes } from '@gatehouse/contract/close-codes';
import { streamBytes } from '@gatehouse/contract/command-frames';
import { inEnglish } from '@gatehouse/contract/messages/message';
import type { WebSocket } from 'ws';
import { limitFrames } from '../../../../kernel/ws/frame-allowance.ts';
import { startHeartbeat } from '../../../../kernel/ws/heartbeat.ts';
import type { OutputStream, Sink, Transport } from '../../stream/sink.ts';

/**
 * Carries a session over an admitted WebSocket: bytes as binary frames, control messages as JSON in text frames. If there are several output streams,
 * the first byte of a frame says which one it is of.
 */
export function overWebSocket(socket: WebSocket): Transport {
  return (listener) => {
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
    const sink: Sink = {
      tell(frame) {
        gathering.flush();
        if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
      },
      send(bytes, stream) {
        gathering.add(bytes, stream);
      },
      queuedBytes: () => gathering.bytes() + socket.bufferedAmount,
      pause: reading.pause,
      resume: reading.resume,
      isPaused: reading.isPaused,
      close(reason, why) {
        detach();
        gathering.flush();
        socket.close(sessionCloseCodes[reason].code, typeof why === 'string' ? why : inEnglish(why));
      },
      reject(why) {
        const was = detach();
        sink.close('badFrame', why);
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
      else listener.onControl(parseJson(data.toString('utf8')));
    });
    return sink;
  };
}

/** Reads from a socket, unless it is paused or its client sends too many frames. */
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
    /** Removes the limits, to receive the answer to a close. */
    stop() {
      isStopped = true;
      allowance.stop();
      read();
    },
  };
}

const streamPrefixes: Readonly<Record<OutputStream, Buffer>> = {
  stdout: Buffer.from([streamBytes.stdout]),
  stderr: Buffer.from([streamBytes.stderr]),
};

/** Above this size, a frame is sent at once, so that it is acknowledged while others are in transit. */
const fullFrameBytes = 64 * 1024;

interface Gathering {
  add(bytes: Buffer, stream: OutputStream | undefined): void;
  /** Output that is sent at the end of this turn. */
  bytes(): number;
  flush(): void;
}

/**
 * Combines the output of one turn of the event loop into frames. Servers send output in pieces of few KiB, and a frame costs a browser more than its
 * content.
 */
function gather(send: (bytes: Buffer) => void): Gathering {
  let waiting: Buffer[] = [];
  let size = 0;
  let waitingOf: OutputStream | undefined;
  function flush(): void {
    const [only] = waiting;
    if (only === undefined) return;
    if (waitingOf !== undefined) {
      waiting.unshift(streamPrefixes[waitingOf]);
      size += 1;
    }
    const bytes = waiting.length === 1 ? only : Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    send(bytes);
  }
  return {
    add(bytes, stream) {
      if (stream !== waitingOf) flush();
      waitingOf = stream;
      waiting.push(bytes);
      size += bytes.length;
      if (size >= fullFrameBytes) flush();
      else if (waiting.length === 1) queueMicrotask(flush);
    },
    bytes: () => size,
    flush,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Malformed JSON and JSON of another shape get the same answer.
    return undefined;
  }
}
