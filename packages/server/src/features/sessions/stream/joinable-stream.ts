import type { Readable } from 'node:stream';
import { Scrollback } from './scrollback.ts';
import type { Wire } from '../transports/websocket/websocket-sink.ts';

/** Output that the client has not acknowledged; above it the server's channel is not read. */
const windowBytes = 512 * 1024;
const scrollbackBytes = 256 * 1024;
/** While nobody is joined, output is read in bursts with rests between, so that an endless command does not eat a core. */
const detachedBurstBytes = 1024 * 1024;
const detachedRestMs = 100;

/** Carries a terminal's output to the wire that is joined, as it is and no faster than it is read there. */
export interface Output {
  /** Sends what was missed, then what comes. */
  attach(wire: Wire): void;
  detach(): void;
  /** The client has worked off this many bytes more. */
  acknowledge(bytes: number): void;
  /** How much came so far, in bytes. */
  total(): number;
  /** Whether more could come if the client acknowledged what it has. */
  isHeld(): boolean;
}

export function createOutput(stream: Readable, onActivity: () => void): Output {
  const scrollback = new Scrollback(scrollbackBytes);
  let wire: Wire | undefined;
  let unacknowledged = 0;
  let burst = 0;
  let total = 0;
  let rest: NodeJS.Timeout | undefined;

  const send = (to: Wire, chunk: Buffer) => {
    to.send(chunk);
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
    total += chunk.length;
    scrollback.push(chunk);
    if (wire === undefined) restAfterBurst(chunk.length);
    else send(wire, chunk);
  });
  stream.once('close', () => {
    clearTimeout(rest);
  });

  return {
    attach(joining) {
      clearTimeout(rest);
      wire = joining;
      unacknowledged = 0;
      const missed = scrollback.read();
      stream.resume();
      if (missed.length > 0) send(joining, missed);
    },
    detach() {
      wire = undefined;
      burst = 0;
      stream.resume();
    },
    acknowledge(bytes) {
      // Nobody has worked off what has not even left: a client must not lie its way to endless memory.
      unacknowledged = Math.max(wire?.queuedBytes() ?? 0, unacknowledged - bytes);
      if (unacknowledged <= windowBytes / 2) stream.resume();
    },
    total: () => total,
    isHeld: () => wire !== undefined && unacknowledged > windowBytes / 2,
  };
}
