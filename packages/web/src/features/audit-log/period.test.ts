import { expect, test } from 'vitest';
import { momentsOf, periodOf, presetOf, presets } from './period.ts';

const now = new Date(2026, 2, 4, 15, 30);

test('the last seven days begin six days ago and go on', () => {
  expect(periodOf('week', now)).toEqual({ startDate: '2026-02-26' });
  expect(periodOf('today', now)).toEqual({ startDate: '2026-03-04' });
  expect(periodOf('always', now)).toEqual({});
});

test('a period is recognized as the preset that it came from', () => {
  for (const preset of presets) expect(presetOf(periodOf(preset, now), now)).toBe(preset);
  expect(presetOf({ startDate: '2026-03-04', endDate: '2026-03-04' }, now)).toBe('custom');
});

test('a day is from its first to its last moment where the reader is', () => {
  expect(momentsOf({ startDate: '2026-03-04', endDate: '2026-03-04' })).toEqual({
    startDate: new Date(2026, 2, 4, 0, 0, 0, 0).toISOString(),
    endDate: new Date(2026, 2, 4, 23, 59, 59, 999).toISOString(),
  });
});

test('a moment in an address stays that moment', () => {
  const startDate = '2026-03-04T10:00:00Z';
  expect(momentsOf({ startDate })).toEqual({ startDate });
});
