import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test.each([
  [1, 0, 250],
  [1, 1, 500],
  [2, 1, 1_000],
  [5, 0, 4_000],
  [6, 1, 15_000],
  [60, 1, 15_000],
  // However often it was tried.
  [5_000, 0, 7_500],
])('before attempt %i, scattered by %d, it waits %d ms', (attempt, random, waitMs) => {
  expect(backoffMs(attempt, random)).toBe(waitMs);
});

test('two browsers do not come back in the same moment', () => {
  const waits = new Set(Array.from({ length: 20 }, () => backoffMs(4)));
  expect(waits.size).toBeGreaterThan(10);
  for (const waitMs of waits) {
    expect(waitMs).toBeGreaterThanOrEqual(2_000);
    expect(waitMs).toBeLessThanOrEqual(4_000);
  }
});
