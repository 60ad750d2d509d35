import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat, newPatience } from './heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(patience = newPatience()) {
  const events: string[] = [];
  const heartbeat = new Heartbeat(
    {
      ping: () => events.push('ping'),
      onSilence: (sinceMs) => events.push(sinceMs === undefined ? 'answers' : 'silent'),
      onDead: () => events.push('dead'),
    },
    patience,
  );
  return { heartbeat, events };
}

test('asks after five quiet seconds, and not while something arrives', () => {
  const { heartbeat, events } = watched();
  for (let seconds = 0; seconds < 20; seconds += 1) {
    vi.advanceTimersByTime(1_000);
    heartbeat.heard();
  }
  expect(events).toEqual([]);
  vi.advanceTimersByTime(5_000);
  expect(events).toEqual(['ping']);
  heartbeat.stop();
});

test('says after three seconds that there is no answer, and then that there is one', () => {
  const { heartbeat, events } = watched();
  heartbeat.ask();
  vi.advanceTimersByTime(3_000);
  expect(events).toEqual(['ping', 'silent']);
  heartbeat.answered();
  expect(events).toEqual(['ping', 'silent', 'answers']);
  heartbeat.stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('gives a connection up once when nothing arrives', () => {
  const { heartbeat, events } = watched();
  heartbeat.ask();
  vi.advanceTimersByTime(60_000);
  expect(events).toEqual(['ping', 'silent', 'dead']);
  expect(vi.getTimerCount()).toBe(0);
});

test('keeps a slow one on which something still arrives, but not for ever', () => {
  const { heartbeat, events } = watched();
  heartbeat.ask();
  for (let seconds = 0; seconds < 60; seconds += 1) {
    vi.advanceTimersByTime(1_000);
    heartbeat.heard();
  }
  expect(events).toEqual(['ping', 'silent']);
  for (let seconds = 0; seconds < 10; seconds += 1) {
    vi.advanceTimersByTime(1_000);
    heartbeat.heard();
  }
  expect(events.at(-1)).toBe('dead');
});

test('is more patient after each loss, and as before after an answer', () => {
  const patience = newPatience();
  const waitsMs = [0, 0].map(() => {
    const { heartbeat, events } = watched(patience);
    heartbeat.ask();
    const sinceMs = Date.now();
    while (!events.includes('dead')) vi.advanceTimersByTime(1_000);
    return Date.now() - sinceMs;
  });
  expect(waitsMs).toEqual([8_000, 16_000]);
  const { heartbeat } = watched(patience);
  heartbeat.answered();
  expect(patience.ms).toBe(8_000);
  heartbeat.stop();
});

test('asks again, instead of giving up, after the machine has slept', () => {
  const { heartbeat, events } = watched();
  heartbeat.ask();
  vi.advanceTimersByTime(1_000);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(1_000);
  expect(events).toEqual(['ping', 'ping']);
  heartbeat.answered();
  vi.advanceTimersByTime(1_000);
  expect(events).toEqual(['ping', 'ping']);
  heartbeat.stop();
});
