import { expect, test } from 'vitest';
import { chainOf } from './chain.ts';
import { sizeAndHash } from './checkpoint.ts';

const entry = {
  id: 9,
  seq: 9,
  accountId: 1,
  actor: 'ada',
  organizationId: null,
  action: 'audit.verify',
  resource: 'audit',
  resourceId: null,
  resourceName: null,
  ipAddress: null,
  userAgent: null,
  timestamp: '2026-03-04T10:00:00.000Z',
  hash: '',
};

test('the last verification says whether the chain held', () => {
  expect(chainOf({ ...entry, outcome: 'ok', details: { entries: 8, firstBad: null } })).toEqual({
    state: 'verified',
    count: 8,
    first: 0,
  });
  expect(chainOf({ ...entry, outcome: 'failed', details: { entries: 3, firstBad: 4 } })).toMatchObject({
    state: 'broken',
    first: 4,
  });
  expect(
    chainOf({ ...entry, outcome: 'failed', details: { entries: 8, firstBad: null, checkpoints: 'none' } }),
  ).toMatchObject({ state: 'uncompared', count: 8 });
  expect(
    chainOf({ ...entry, outcome: 'failed', details: { entries: 8, firstBad: null, checkpoints: 'forged' } }).state,
  ).toBe('broken');
  expect(chainOf(null).state).toBe('never');
  expect(chainOf({ ...entry, outcome: 'ok', details: null }).state).toBe('never');
});

test('a checkpoint states the length of the log and its last hash', () => {
  const note = 'gatehouse/1\n42\nq83vEjRWeJA=\n\n— gatehouse/1 c2lnbmF0dXJl\n';
  expect(sizeAndHash(note)).toEqual({ size: 42, hash: 'q83vEjRWeJA=' });
  expect(sizeAndHash('no note')).toBeUndefined();
});
