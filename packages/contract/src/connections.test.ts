import { expect, test } from 'vitest';
import { sessionKindOf, sessionSchema, type Session } from './connections.ts';

const session: Session = {
  id: 1,
  accountId: 1,
  username: 'anna',
  organizationId: null,
  entryId: null,
  entryName: 'web-1',
  identityId: null,
  type: 'terminal',
  status: 'open',
  reason: null,
  steps: [],
  exitCode: null,
  exitSignal: null,
  startedAt: '2026-11-24T08:00:00.000Z',
  endedAt: null,
};

test('a session of a kind that only another version knows is answered as it is, and taken for none of the known kinds', () => {
  expect(sessionSchema.parse({ ...session, type: 'files' }).type).toBe('files');
  expect(['terminal', 'exec', 'files', 'constructor', ''].map(sessionKindOf)).toEqual([
    'terminal',
    'exec',
    'unknown',
    'unknown',
    'unknown',
  ]);
});
