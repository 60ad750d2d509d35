import { expect, test } from 'vitest';
import { acknowledgeEveryBytes, createAcknowledger } from './acknowledge.ts';
import { backoffMs } from './backoff.ts';

test('acknowledges in portions, and all that came since the last one', () => {
  const told: number[] = [];
  const acknowledge = createAcknowledger((bytes) => told.push(bytes));
  acknowledge(acknowledgeEveryBytes - 1);
  expect(told).toEqual([]);
  acknowledge(10);
  acknowledge(5);
  acknowledge(acknowledgeEveryBytes);
  expect(told).toEqual([acknowledgeEveryBytes + 9, acknowledgeEveryBytes + 5]);
});

test('waits longer from attempt to attempt, up to 15 seconds, and never the same for everybody', () => {
  expect([1, 2, 3, 9].map((attempt) => backoffMs(attempt, 1))).toEqual([500, 1000, 2000, 15_000]);
  expect(backoffMs(1, 0)).toBe(250);
});
