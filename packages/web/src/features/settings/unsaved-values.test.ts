import type { Setting } from '@gatehouse/contract/settings';
import { expect, test } from 'vitest';
import { changesOf, isAtDefault, shownIn, withUnsaved } from './unsaved-values.ts';

const hours: Setting = {
  name: 'SESSION_IDLE_HOURS',
  group: 'accounts',
  meaning: 'A sign-in ends after this long without a request',
  kind: 'number',
  minimum: 1,
  maximum: 8_760,
  value: 168,
  default: 168,
  source: 'default',
  fixed: false,
  live: true,
};
const set: Setting = { ...hours, value: 24, source: 'table' };
const list: Setting = {
  ...hours,
  name: 'EGRESS_DENY',
  kind: 'text',
  value: '10.0.0.0/8',
  default: '',
  source: 'table',
};

test('holds only what saving would change', () => {
  const changed = withUnsaved({}, hours, 24);
  expect(changed).toEqual({ SESSION_IDLE_HOURS: 24 });
  expect(withUnsaved(changed, hours, 168)).toEqual({});
  expect(withUnsaved(changed, hours, null)).toEqual({});
  expect(withUnsaved(changed, hours, '')).toEqual({});
  expect(withUnsaved({}, set, 24)).toEqual({});
  expect(withUnsaved({}, set, null)).toEqual({ SESSION_IDLE_HOURS: null });
});

test('takes an empty number for the default, and empty text for what it is', () => {
  expect(changesOf(withUnsaved({}, set, ''), [set])).toEqual({ SESSION_IDLE_HOURS: null });
  expect(changesOf(withUnsaved({}, list, ''), [list])).toEqual({ EGRESS_DENY: '' });
});

test('shows what will count once it is saved', () => {
  expect([shownIn(set, undefined), isAtDefault(set, undefined)]).toEqual([24, false]);
  expect([shownIn(set, null), isAtDefault(set, null)]).toEqual([168, true]);
  expect([shownIn(set, 48), isAtDefault(set, 48)]).toEqual([48, false]);
  expect([shownIn(set, ''), isAtDefault(set, '')]).toEqual(['', true]);
  expect([shownIn(hours, undefined), isAtDefault(hours, undefined)]).toEqual([168, true]);
});
