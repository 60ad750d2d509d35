import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle } from './throttle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const passed: string[] = [];
  return { passed, pace: createThrottle<string>(100, (what) => passed.push(what)) };
}

test('passes the first on at once and the rest of the interval as one at its end', () => {
  const { pace, passed } = start();
  pace.tell('a');
  expect(passed).toEqual(['a']);
  for (let times = 0; times < 5; times++) pace.tell('a');
  vi.advanceTimersByTime(99);
  expect(passed).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(passed).toEqual(['a', 'a']);
});

test('keeps the interval after what it has held back, and is quiet then', () => {
  const { pace, passed } = start();
  pace.tell('a');
  pace.tell('a');
  vi.advanceTimersByTime(100);
  pace.tell('a');
  expect(passed).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  expect(passed).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('holds back each kind by itself', () => {
  const { pace, passed } = start();
  for (const what of ['a', 'b', 'a', 'b']) pace.tell(what);
  expect(passed).toEqual(['a', 'b']);
});

test('passes on nothing once it is stopped', () => {
  const { pace, passed } = start();
  pace.tell('a');
  pace.tell('a');
  pace.stop();
  pace.tell('b');
  vi.advanceTimersByTime(1_000);
  expect(passed).toEqual(['a']);
  expect(vi.getTimerCount()).toBe(0);
});
