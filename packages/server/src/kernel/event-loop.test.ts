import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchEventLoop } from './event-loop.ts';

/** Holds the event loop again and again, `ms` each time. */
async function hold(ms: number, times: number): Promise<void> {
  for (let held = 0; held < times; held += 1) {
    const untilMs = performance.now() + ms;
    while (performance.now() < untilMs);
    await nextTurn();
  }
}

test('measures how long the event loop let others wait, since the last time', async () => {
  using watch = watchEventLoop();
  await delay(100);
  await hold(150, 1);
  await delay(100);
  const { meanMs, p99Ms, maxMs } = watch.take();
  expect(maxMs).toBeGreaterThan(100);
  expect(p99Ms).toBeLessThanOrEqual(maxMs);
  expect(meanMs).toBeLessThan(maxMs);
  expect(watch.take()).toEqual({ meanMs: 0, p99Ms: 0, maxMs: 0 });
});

test('fails while the delay stays above its bound for long enough, and no longer', async () => {
  using watch = watchEventLoop({ maxMeanMs: 100, forMs: 500, everyMs: 10, overMs: 50 });
  await expect(watch.check()).resolves.toBeUndefined();
  await hold(200, 10);
  await expect(watch.check()).rejects.toThrow('the event loop was delayed by more than 100 ms');
  let fails = true;
  while (fails) {
    await delay(20);
    fails = await watch.check().then(
      () => false,
      () => true,
    );
  }
});

test('takes no notice of a delay that passes', async () => {
  using watch = watchEventLoop({ maxMeanMs: 100, forMs: 60_000, everyMs: 10, overMs: 50 });
  await hold(200, 3);
  await delay(100);
  await expect(watch.check()).resolves.toBeUndefined();
});
