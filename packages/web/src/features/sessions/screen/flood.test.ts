import { expect, test } from 'vitest';
import { createFloodGauge } from './flood.ts';

function measured() {
  let nowMs = 0;
  const gauge = createFloodGauge(() => nowMs);
  const comes = (bytes: number, afterMs = 0) => {
    nowMs += afterMs;
    gauge.arrived(bytes);
    return gauge.isFlooded();
  };
  return { comes };
}

const KiB = 1024;

test('a screenful, however fast it comes, is no flood', () => {
  const { comes } = measured();
  expect(Array.from({ length: 8 }, () => comes(32 * KiB)).some(Boolean)).toBe(false);
});

test('what can be followed is no flood, however long it lasts', () => {
  const { comes } = measured();
  expect(Array.from({ length: 1_000 }, () => comes(100 * KiB, 50)).some(Boolean)).toBe(false);
});

test('what comes faster becomes one, and stops being one soon after its end, however long it lasted', () => {
  const { comes } = measured();
  const states = Array.from({ length: 1_000 }, () => comes(64 * KiB, 2));
  expect(states.indexOf(true)).toBeLessThan(10);
  expect(states.at(-1)).toBe(true);
  expect(comes(0, 50)).toBe(true);
  expect(comes(0, 60)).toBe(false);
});
