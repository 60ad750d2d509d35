import { expect, test } from 'vitest';
import { detailRowsOf } from './detail-rows.ts';

test('details read as names and values, nested ones by their path', () => {
  expect(
    detailRowsOf({ fields: ['name', 'password'], secretVersions: { password: 2, sshKey: null }, ok: true }),
  ).toEqual([
    ['fields', 'name, password'],
    ['secretVersions.password', '2'],
    ['ok', 'true'],
  ]);
  expect(detailRowsOf({ jumps: [{ entryId: 3 }], none: [] })).toEqual([['jumps.0.entryId', '3']]);
});

test('details of any other shape are shown as they are', () => {
  expect(detailRowsOf(null)).toEqual([]);
  expect(detailRowsOf('text')).toEqual([['', 'text']]);
});
