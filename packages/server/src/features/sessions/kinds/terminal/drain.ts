import type { Readable } from 'node:stream';
import type { JoinableStream } from '../../stream/joinable-stream.ts';
import { happensWithin } from '../happens-within.ts';

/** How long output may stall after the exit status before the rest is dropped. */
const drainMs = 2_000;
/** The same, in multiples of `drainMs`, while a client has not acknowledged earlier output. */
const slowClientRounds = 15;

/** Resolves when all output was forwarded, none has come for a while, or `isOver`. */
export type Drain = (output: JoinableStream, isOver: () => boolean) => Promise<void>;

/** Starts to watch a source. */
export function watchDrain(source: Readable): Drain {
  const closed = new Promise<void>((resolve) => {
    source.once('close', () => {
      resolve();
    });
  });
  // The exit status may arrive before output that is still queued for a slow client.
  return async (output, isOver) => {
    let still = 0;
    while (still < (output.isHeld() ? slowClientRounds : 1) && !isOver()) {
      const seen = output.total();
      if (await happensWithin(closed, drainMs)) return;
      still = output.total() === seen ? still + 1 : 0;
    }
  };
}
