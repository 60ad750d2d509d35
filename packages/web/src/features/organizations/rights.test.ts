import { permissions } from '@gatehouse/contract/permissions';
import { expect, test } from 'vitest';
import { effectOf, groups, laterGroups } from './rights.ts';

test('every permission has its place in one group', () => {
  const placed = [...groups, ...laterGroups].flatMap((group) => group.permissions);
  expect([...placed].sort()).toEqual([...permissions].sort());
});

test('a member may do everything but govern the organization, unless the owner says otherwise', () => {
  expect(effectOf('connect.ssh', 'neutral')).toBe('allow');
  expect(effectOf('org.audit.view', 'neutral')).toBe('deny');
  expect(effectOf('connect.ssh', 'deny')).toBe('deny');
  expect(effectOf('org.audit.view', 'allow')).toBe('allow');
});
