import { setImmediate } from 'node:timers/promises';
import type { Range } from './repository.ts';

const firstLength = 5_000;
const shortest = 500;
/** SQLite queries run on the event loop: a range that took longer than this is followed by a shorter one. */
const targetMs = 5;

/**
 * Splits a range of a long log, oldest first, so that a search through all of it never blocks the event loop. The time that the consumer takes for
 * one part determines the length of the next.
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

/** Splits a range into parts of equal length, oldest first, and serves other requests between them. */
export async function* equalRanges({ from, to }: Range, length: number): AsyncGenerator<Range> {
  for (let start = from; start <= to; start += length) {
    yield { from: start, to: Math.min(to, start + length - 1) };
    await setImmediate();
  }
}
