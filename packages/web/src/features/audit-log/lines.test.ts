import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

test('details read as names and values, nested ones by their path', () => {
  expect(linesOf({ fields: ['name', 'password'], secretVersions: { password: 2, sshKey: null }, ok: true })).toEqual([
    ['fields', 'name, password'],
    ['secretVersions.password', '2'],
    ['ok', 'true'],
  ]);
  expect(linesOf({ jumps: [{ entryId: 3 }], none: [] })).toEqual([['jumps.0.entryId', '3']]);
});

test('details of any other shape are shown as they are', () => {
  expect(linesOf(null)).toEqual([]);
  expect(linesOf('text')).toEqual([['', 'text']]);
});
