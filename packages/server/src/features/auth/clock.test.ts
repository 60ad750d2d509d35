import { expect, it } from 'vitest';
import { FakeTime } from '../../../test/people-fixture.ts';
import { createClock } from './clock.ts';

const dayMs = 86_400_000;

function clockOf(time: FakeTime) {
  return createClock({ now: () => new Date(time.wallMs), monotonicMs: () => time.elapsedMs });
}

it('goes on as fast as time passes when the wall clock is set back', () => {
  const time = new FakeTime();
  const clock = clockOf(time);
  const start = clock();
  time.wallMs -= dayMs;
  expect(clock()).toBe(start);
  time.pass(5000);
  expect(clock()).toBe(start + 5000);
});

it('follows the wall clock forward, also where the machine slept', () => {
  const time = new FakeTime();
  const clock = clockOf(time);
  const start = clock();
  time.wallMs += dayMs;
  expect(clock()).toBe(start + dayMs);
});
