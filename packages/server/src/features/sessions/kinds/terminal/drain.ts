import type { Readable } from 'node:stream';
import type { JoinableStream } from '../../stream/joinable-stream.ts';

/** How long output may stand still behind the exit status before the rest is given up. */
const drainMs = 2_000;
/** The same, in times `drainMs`, while it is a client that has not acknowledged what came before. */
const slowClientRounds = 15;

/** Begins to watch a source; what it returns resolves once all of its output is through, comes no more, or `isOver`. */
export function watchDrain(source: Readable): (output: JoinableStream, isOver: () => boolean) => Promise<void> {
  const closed = new Promise<'closed'>((resolve) => {
    source.once('close', () => {
      resolve('closed');
    });
  });
  // The exit status may overtake output that is still on its way to a slow client.
  return async (output, isOver) => {
    let still = 0;
    while (still < (output.isHeld() ? slowClientRounds : 1) && !isOver()) {
      const seen = output.total();
      if ((await Promise.race([closed, pause(drainMs)])) === 'closed') return;
      still = output.total() === seen ? still + 1 : 0;
    }
  };
}

function pause(ms: number): Promise<'paused'> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'paused').unref());
}
