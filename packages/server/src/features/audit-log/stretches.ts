import { setImmediate } from 'node:timers/promises';
import type { Order, Range } from './repository.ts';

const firstLength = 20_000;
const shortest = 1_000;
/** SQLite answers on the event loop: a stretch that took longer is followed by a shorter one. */
const targetMs = 10;

/**
 * Cuts a range of a long log into stretches, so that a search through all of it never holds up the event loop. How long the caller works on a
 * stretch decides the length of the next one.
 */
export async function* stretches(range: Range, order: Order): AsyncGenerator<Range> {
  let { from, to } = range;
  let length = firstLength;
  while (from <= to) {
    const stretch =
      order === 'newest-first'
        ? { from: Math.max(from, to - length + 1), to }
        : { from, to: Math.min(to, from + length - 1) };
    const startedAt = performance.now();
    yield stretch;
    length = performance.now() - startedAt > targetMs ? Math.max(shortest, length / 2) : length * 2;
    if (order === 'newest-first') to = stretch.from - 1;
    else from = stretch.to + 1;
    await setImmediate();
  }
}
