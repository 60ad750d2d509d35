import type { DestinationChange } from '@gatehouse/contract/login-destination';
import { expect, test } from 'vitest';
import { together } from './changes.ts';

const change = (
  field: DestinationChange['field'],
  by: string | null,
  at: string | null,
  before: string[] | null = null,
): DestinationChange => ({ field, by, at, before, byYou: false });
const noon = '2026-11-30T12:00:00.000Z';
const later = '2026-11-30T13:00:00.000Z';

const fieldsOf = (changes: readonly DestinationChange[]) =>
  together(changes).map((some) => some.map(({ field }) => field));

test('what one account changed at once is told in one sentence', () => {
  expect(fieldsOf([change('host', 'grace', noon), change('port', 'grace', noon)])).toEqual([['host', 'port']]);
});

test('what others changed, or at another time, is told apart', () => {
  expect(
    fieldsOf([
      change('host', 'grace', noon),
      change('port', 'ken', noon),
      change('jumpHosts', 'grace', later),
      change('hostKey', 'grace', noon),
    ]),
  ).toEqual([['host', 'hostKey'], ['port'], ['jumpHosts']]);
});

test('where it is known what something was, it has a sentence of its own', () => {
  expect(
    fieldsOf([
      change('host', 'grace', noon, ['old.example']),
      change('port', 'grace', noon),
      change('hostKey', 'grace', noon),
    ]),
  ).toEqual([['host'], ['port', 'hostKey']]);
});
