import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createScheduler, type Share } from './scheduler.ts';

/** Work that always wants more time; counts how often it was served. */
function busy(turns: Share, seen: string[], name: string) {
  const work = (untilMs: number) => {
    seen.push(name);
    while (performance.now() < untilMs);
    turns.wait(work);
  };
  return work;
}

test('serves what waits by turns, and lets the event loop go on in between', async () => {
  const turns = createScheduler().join();
  const seen: string[] = [];
  for (const name of ['a', 'b', 'c']) turns.wait(busy(turns, seen, name));
  let turnsOfOthers = 0;
  while (seen.length < 30) {
    await nextTurn();
    turnsOfOthers += 1;
  }
  const counts = ['a', 'b', 'c'].map((name) => seen.filter((one) => one === name).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  expect(turnsOfOthers).toBeGreaterThan(4);
});

test('leaves time to a connection that did not wait, once in a turn that others have used up', async () => {
  const all = createScheduler();
  const seen: string[] = [];
  const flooding = all.join();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) flooding.wait(busy(flooding, seen, name));
  const other = all.join();
  for (let round = 0; round < 5; round += 1) {
    await nextTurn();
    const before = performance.now();
    expect(other.begin()).toBeGreaterThan(before);
    expect(other.begin()).toBeLessThanOrEqual(performance.now());
  }
});

test('serves at least one in a turn, also when the time is over at once', async () => {
  const turns = createScheduler().join();
  let served = 0;
  for (let count = 0; count < 3; count += 1)
    turns.wait(() => {
      served += 1;
    });
  for (let round = 0; round < 10 && served < 3; round += 1) await nextTurn();
  expect(served).toBe(3);
});
