import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Time from './time.ts';

const now = Date.parse('2026-03-04T12:00:00.000Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const oneDay = 24 * hour;

const before = (ms: number) => new Date(now - ms).toISOString();

/** Formats are made once, for the reader of the page: here another one than in other tests. */
let { ago, day, moment }: typeof Time = Time;
beforeEach(async () => {
  vi.stubGlobal('navigator', { languages: ['en-GB', 'de-AT'] });
  vi.resetModules();
  ({ ago, day, moment } = await import('./time.ts'));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('ago', () => {
  test.each([
    [0, 'now'],
    [59 * second, 'now'],
    // Half a second is rounded before the unit is chosen, so that no "0 min ago" appears.
    [59.6 * second, '1 min ago'],
    [minute, '1 min ago'],
    [119 * second, '1 min ago'],
    [59 * minute + 59 * second, '59 min ago'],
    [hour, '1 hr ago'],
    [23 * hour + 59 * minute, '23 hr ago'],
    [oneDay, 'yesterday'],
    [2 * oneDay - 1 * second, 'yesterday'],
    [2 * oneDay, '2 days ago'],
    [364 * oneDay, '364 days ago'],
    [365 * oneDay, 'last yr'],
    [3 * 365 * oneDay, '3 yr ago'],
  ])('%d ms earlier is %j', (ms, words) => {
    expect(ago(before(ms), 'en', now).replace('yr.', 'yr').replace('hr.', 'hr').replace('min.', 'min')).toBe(words);
  });

  test.each([
    [-30 * second, 'now'],
    [-5 * minute, 'in 5 min'],
    [-oneDay, 'tomorrow'],
  ])('a clock that goes ahead: %d ms is %j', (ms, words) => {
    expect(ago(before(ms), 'en', now).replace('min.', 'min')).toBe(words);
  });

  test('speaks the language of the page', () => {
    expect(ago(before(5 * minute), 'de', now)).toMatch(/^vor 5 (min|Min\.?)/i);
    expect(ago(before(0), 'de', now)).toBe('jetzt');
    expect(ago(before(oneDay), 'de', now)).toBe('gestern');
  });
});

describe('a date in full', () => {
  test('has its parts in the order of the reader’s region', () => {
    expect(day('2026-03-04T12:00:00.000Z', 'en')).toBe('4 March 2026');
    expect(day('2026-03-04T12:00:00.000Z', 'de')).toBe('4. März 2026');
  });

  test('names the second, which tells two entries of a log apart', () => {
    const [one, other] = ['2026-03-04T12:00:01.000Z', '2026-03-04T12:00:02.000Z'].map((at) => moment(at, 'en'));
    expect(one).not.toBe(other);
    expect(one).toContain('Mar 2026');
  });
});
