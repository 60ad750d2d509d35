import { describe, expect, test } from 'vitest';
import { auditEntry } from '../../../test/rendering/samples.ts';
import { dayOf, nearDay, rowsOf } from './rows.ts';

/** A moment of the reader's own calendar. */
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

const shown = (timestamps: readonly string[]) =>
  rowsOf(timestamps.map((timestamp, index) => auditEntry({ seq: index, timestamp }))).map((row) =>
    'day' in row ? row.day : row.entry.seq,
  );

describe('rowsOf', () => {
  test('sets a heading before the first entry of each day', () => {
    expect(shown([at(4, 10), at(4, 9), at(3, 23), at(1, 0)])).toEqual([
      '2026-03-04',
      0,
      1,
      '2026-03-03',
      2,
      '2026-03-01',
      3,
    ]);
  });

  test('a day begins at midnight where the reader is', () => {
    expect(shown([new Date(2026, 2, 4).toISOString(), new Date(2026, 2, 4, 0, 0, 0, -1).toISOString()])).toEqual([
      '2026-03-04',
      0,
      '2026-03-03',
      1,
    ]);
  });

  test('a clock that was set back begins the day again rather than reorder the log', () => {
    expect(shown([at(3, 1), at(4, 1), at(3, 0)])).toEqual(['2026-03-03', 0, '2026-03-04', 1, '2026-03-03', 2]);
  });

  test('of nothing there is nothing', () => {
    expect(rowsOf([])).toEqual([]);
  });
});

test.each([
  [new Date(2026, 0, 1), '2026-01-01'],
  [new Date(2026, 11, 31, 23, 59), '2026-12-31'],
  [new Date(2026, 8, 9), '2026-09-09'],
])('the day of %s is %s', (moment, day) => {
  expect(dayOf(moment)).toBe(day);
});

describe('nearDay', () => {
  const now = new Date(2026, 2, 1, 12);

  test.each([
    ['2026-03-01', 'today'],
    ['2026-02-28', 'yesterday'],
    ['2026-02-27', undefined],
    ['2026-03-02', undefined],
    ['', undefined],
  ])('%j is %s', (day, name) => {
    expect(nearDay(day, now)).toBe(name);
  });

  test('yesterday is the day before also when the clock was changed in between', () => {
    expect(nearDay('2026-10-24', new Date(2026, 9, 25, 0, 30))).toBe('yesterday');
    expect(nearDay('2026-03-28', new Date(2026, 2, 29, 23, 30))).toBe('yesterday');
    expect(nearDay('2025-12-31', new Date(2026, 0, 1))).toBe('yesterday');
  });
});
