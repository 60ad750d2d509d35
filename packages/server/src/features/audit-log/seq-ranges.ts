import { setImmediate } from 'node:timers/promises';
import type { Range } from './repository.ts';

const firstLength = 5_000;
const shortest = 500;
/** SQLite answers on the event loop: a stretch that took longer is followed by a shorter one. */
const targetMs = 5;

/**
 * Cuts a range of a long log into stretches, oldest first, so that a search through all of it never holds up the event loop. How long the
 * consumer works on a stretch decides the length of the next one.
 */
export async function* adaptiveRanges({ from, to }: Range): AsyncGenerator<Range> {
  let length = firstLength;
  for (let start = from; start <= to;) {
    const stretch = { from: start, to: Math.min(to, start + length - 1) };
    const startedAt = performance.now();
    yield stretch;
    length = performance.now() - startedAt > targetMs ? Math.max(shortest, Math.floor(length / 2)) : length * 2;
    start = stretch.to + 1;
    await setImmediate();
  }
}

/** Cuts a range into stretches of one length, oldest first, and lets others run between them. */
export async function* equalRanges({ from, to }: Range, length: number): AsyncGenerator<Range> {
  for (let start = from; start <= to; start += length) {
    yield { from: start, to: Math.min(to, start + length - 1) };
    await setImmediate();
  }
}
