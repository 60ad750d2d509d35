import { expect, test } from 'vitest';
import { toSession } from './repository.ts';

const row: Parameters<typeof toSession>[0] = {
  id: 1,
  account_id: 1,
  username: 'anna',
  organization_id: null,
  entry_id: null,
  entry_name: 'web-1',
  identity_id: null,
  node_id: null,
  type: 'terminal',
  status: 'ended',
  reason: null,
  steps: '[]',
  exit_code: null,
  exit_signal: null,
  started_at: '2026-11-24T08:00:00.000Z',
  ended_at: '2026-11-24T08:00:01.000Z',
};

test('a session is answered with the type that its row has, also one that this version does not open', () => {
  expect(['terminal', 'exec', 'files'].map((type) => toSession({ ...row, type }).type)).toEqual([
    'terminal',
    'exec',
    'files',
  ]);
});
