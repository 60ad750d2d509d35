import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DoneWatch, quietMs, type DoneReason } from './done-watch.ts';

let done: DoneReason[];
let watch: DoneWatch;
beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  watch = new DoneWatch((reason) => done.push(reason));
});
afterEach(() => {
  vi.useRealTimers();
});

test('reports that output stopped, once', () => {
  watch.heard();
  vi.advanceTimersByTime(quietMs * 2);
  expect(done).toEqual([]);
  watch.start();
  vi.advanceTimersByTime(quietMs * 2);
  expect(done).toEqual([]);
  for (let chunk = 0; chunk < 5; chunk++) {
    watch.heard();
    vi.advanceTimersByTime(quietMs - 1);
  }
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  watch.heard();
  vi.advanceTimersByTime(quietMs * 2);
  expect([done, watch.isOn.get()]).toEqual([['quiet'], false]);
});

test.each([
  ['bell', () => watch.rang()],
  ['ended', () => watch.ended()],
] as const)('reports %s at once, and then nothing more', (reason, happen) => {
  happen();
  expect(done).toEqual([]);
  watch.start();
  watch.heard();
  happen();
  vi.advanceTimersByTime(quietMs * 2);
  expect(done).toEqual([reason]);
});

test('reports nothing after it was switched off', () => {
  watch.start();
  watch.heard();
  watch.stop();
  vi.advanceTimersByTime(quietMs * 2);
  expect(done).toEqual([]);
});
