import { describe, expect, test } from 'vitest';
import { sizeAndHash } from './checkpoint.ts';
import { filterOf } from './filter.ts';

describe('the filter of the log', () => {
  test('has only the fields that are set', () => {
    expect(filterOf({})).toEqual({});
    expect(filterOf({ actor: 'ada', action: undefined, outcome: undefined })).toEqual({ actor: 'ada' });
  });

  test('keeps what the address says of organization, action and outcome', () => {
    const search = {
      organizationId: 'personal',
      action: 'identity.*',
      resource: 'identity',
      outcome: 'denied',
    } as const;
    expect(filterOf(search)).toEqual(search);
    expect(filterOf({ organizationId: 7 })).toEqual({ organizationId: 7 });
  });

  test('turns days into timestamps: from the first moment of one to the last of the other', () => {
    const { startDate, endDate } = filterOf({ startDate: '2026-03-04', endDate: '2026-03-05' });
    const lengthMs = Date.parse(endDate ?? '') - Date.parse(startDate ?? '');
    expect(lengthMs).toBe(2 * 86_400_000 - 1);
  });

  test('may be open at either end', () => {
    expect(Object.keys(filterOf({ startDate: '2026-03-04' }))).toEqual(['startDate']);
    expect(Object.keys(filterOf({ endDate: '2026-03-04' }))).toEqual(['endDate']);
  });
});

describe('a checkpoint', () => {
  test('states the size of the log and the hash of its last entry', () => {
    expect(sizeAndHash('gatehouse\n90\nq1w2e3==\n\n— signature\n')).toEqual({ size: 90, hash: 'q1w2e3==' });
  });

  test.each([
    '',
    'gatehouse',
    'gatehouse\n90',
    'gatehouse\nninety\nq1w2e3==',
    'gatehouse\n-1\nq1w2e3==',
    'gatehouse\n90\n\n',
  ])('that is none says nothing: %j', (note) => {
    expect(sizeAndHash(note)).toBeUndefined();
  });
});
