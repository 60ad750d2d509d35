import type { Readable } from 'node:stream';
import type { WebSocket } from 'ws';
import { Scrollback } from './scrollback.ts';

/** Output that the browser has not acknowledged; above it the server's channel is not read. */
const windowBytes = 512 * 1024;
const scrollbackBytes = 256 * 1024;
/** While nobody is joined, output is read in bursts with rests between, so that an endless command does not eat a core. */
const detachedBurstBytes = 1024 * 1024;
const detachedRestMs = 100;

/** Carries a terminal's output to the socket that is joined, as it is and no faster than it is read there. */
export interface Output {
  /** Sends what was missed, then what comes. */
  attach(socket: WebSocket): void;
  detach(): void;
  /** The browser has worked off this many bytes more. */
  acknowledge(bytes: number): void;
}

export function createOutput(stream: Readable, onActivity: () => void): Output {
  const scrollback = new Scrollback(scrollbackBytes);
  let socket: WebSocket | undefined;
  let unacknowledged = 0;
  let burst = 0;
  let rest: NodeJS.Timeout | undefined;

  const send = (chunk: Buffer) => {
    if (socket === undefined) return;
    socket.send(chunk, { binary: true });
    unacknowledged += chunk.length;
    if (unacknowledged > windowBytes) stream.pause();
  };
  const restAfterBurst = (bytes: number) => {
    burst += bytes;
    if (burst < detachedBurstBytes) return;
    burst = 0;
    stream.pause();
    rest = setTimeout(() => stream.resume(), detachedRestMs);
  };
  stream.on('data', (chunk: Buffer) => {
    onActivity();
    scrollback.push(chunk);
    if (socket === undefined) restAfterBurst(chunk.length);
    else send(chunk);
  });
  stream.once('close', () => {
    clearTimeout(rest);
  });

  return {
    attach(joining) {
      clearTimeout(rest);
      socket = joining;
      unacknowledged = 0;
      const missed = scrollback.read();
      stream.resume();
      if (missed.length > 0) send(missed);
    },
    detach() {
      socket = undefined;
      burst = 0;
      stream.resume();
    },
    acknowledge(bytes) {
      unacknowledged = Math.max(0, unacknowledged - bytes);
      if (unacknowledged <= windowBytes / 2) stream.resume();
    },
  };
}
