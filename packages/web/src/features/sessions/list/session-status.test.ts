import { expect, test } from 'vitest';
import { isLive, lengthInWords, lengthMs } from './session-status.ts';

test.each([
  [400, '0 sec'],
  [59_000, '59 sec'],
  [60_000, '1 min'],
  [125_000, '2 min 5 sec'],
  [3_600_000, '1 hr'],
  [7_505_000, '2 hr 5 min'],
])('says %i ms as %s', (ms, words) => {
  expect(lengthInWords(ms, 'en')).toBe(words);
});

test('measures a session until its end, and one that goes on until now', () => {
  const startedAt = '2026-11-24T08:00:00.000Z';
  const nowMs = Date.parse('2026-11-24T08:00:10.000Z');
  expect(lengthMs({ startedAt, endedAt: '2026-11-24T08:00:03.000Z' }, nowMs)).toBe(3_000);
  expect(lengthMs({ startedAt, endedAt: null }, nowMs)).toBe(10_000);
  expect(['connecting', 'open', 'ended', 'failed'].map((status) => isLive({ status } as never))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
