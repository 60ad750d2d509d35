import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { framesAtOnce, limitFrames } from './frame-allowance.ts';

const perSecond = 5_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function watch() {
  const told: string[] = [];
  const allowance = limitFrames(
    (isResting) => told.push(isResting ? 'rest' : 'go on'),
    () => Date.now(),
  );
  const take = (frames: number) => {
    for (let taken = 0; taken < frames; taken += 1) allowance.take();
  };
  return { ...allowance, take, told };
}

test('lets a client send what it may, for ever', () => {
  const { take, told } = watch();
  take(framesAtOnce);
  for (let second = 0; second < 60; second += 1) {
    vi.advanceTimersByTime(1_000);
    take(perSecond);
  }
  expect(told).toEqual([]);
});

test('rests as long as what came was too much', () => {
  const { take, told } = watch();
  take(framesAtOnce + 1);
  expect(told).toEqual(['rest']);
  take(2 * perSecond);
  vi.advanceTimersByTime(1_900);
  expect(told).toEqual(['rest']);
  vi.advanceTimersByTime(300);
  expect(told).toEqual(['rest', 'go on']);
});

test('lets a client answer each frame that it was sent', () => {
  const { take, give, told } = watch();
  for (let count = 0; count < 5 * framesAtOnce; count += 1) {
    give();
    take(1);
  }
  expect(told).toEqual([]);
});

test('does nothing any more once it is stopped', () => {
  const { take, stop, told } = watch();
  take(framesAtOnce + 1);
  stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['rest']);
  expect(vi.getTimerCount()).toBe(0);
});
