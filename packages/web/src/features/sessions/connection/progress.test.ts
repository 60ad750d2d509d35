import { expect, test } from 'vitest';
import { advance, type Progress, type ProgressEvent } from './progress.ts';

const fresh: Progress = { phase: { kind: 'new' }, steps: [] };
const step = { step: 'tcp', status: 'ok', ms: 2, detail: '10.0.5.3:22' } as const;
const ready = (resumed: boolean): ProgressEvent => ({
  type: 'frame',
  frame: { t: 'ready', sessionId: 4, resumed },
});
const lost: ProgressEvent = { type: 'closed', code: 1006, retryAtMs: 10 };
const question: ProgressEvent = {
  type: 'frame',
  frame: {
    t: 'question',
    destination: {
      host: 'h',
      port: 22,
      jumpHosts: [],
      username: null,
      hostKey: null,
      lastLoginAt: null,
      changes: [],
    },
    id: 1,
    kind: 'hostkey',
    host: 'a',
    port: 22,
    algorithm: 'ssh-ed25519',
    fingerprint: 'SHA256:x',
  },
};

function after(...events: ProgressEvent[]): Progress {
  return events.reduce(advance, fresh);
}

test('collects the steps while it connects, and opens', () => {
  const progress = after(
    { type: 'opening' },
    { type: 'prepared', sessionId: 4 },
    { type: 'frame', frame: { t: 'step', ...step } },
    ready(false),
  );
  expect(progress).toEqual({ phase: { kind: 'open' }, steps: [step], sessionId: 4 });
});

test('does not double the steps that are told again to whoever joins', () => {
  const told: ProgressEvent = { type: 'frame', frame: { t: 'step', ...step } };
  const progress = after(
    { type: 'opening' },
    { type: 'prepared', sessionId: 4 },
    told,
    ready(false),
    lost,
    { type: 'joining' },
    { type: 'prepared', sessionId: 4 },
    told,
    ready(true),
  );
  expect(progress).toEqual({ phase: { kind: 'open' }, steps: [step], sessionId: 4 });
});

test('puts a question away once it is answered, but not another one that came meanwhile', () => {
  expect(after({ type: 'opening' }, question, { type: 'answered', id: 1 }).phase).toEqual({ kind: 'connecting' });
  expect(after({ type: 'opening' }, question, { type: 'answered', id: 7 }).phase).toMatchObject({
    question: { id: 1 },
  });
});

test('counts the attempts to find a lost session again, also while they are made', () => {
  const progress = after({ type: 'opening' }, ready(false), lost, { type: 'joining' }, lost);
  expect(progress.phase).toEqual({ kind: 'lost', attempt: 2, retryAtMs: 10 });
  expect(advance(progress, ready(true)).phase).toEqual({ kind: 'open' });
});

test('does not look for a session that another window has joined', () => {
  expect(after({ type: 'opening' }, ready(false), { ...lost, code: 4001 }).phase).toEqual({ kind: 'elsewhere' });
});

test('keeps what ended the session when the socket closes behind it', () => {
  const exit: ProgressEvent = { type: 'frame', frame: { t: 'exit', code: 3, signal: null } };
  expect(after({ type: 'opening' }, ready(false), exit, { ...lost, code: 1000 }).phase).toEqual({
    kind: 'exited',
    code: 3,
    signal: null,
  });
  const error: ProgressEvent = { type: 'frame', frame: { t: 'error', error: 'login_failed', message: 'No.' } };
  expect(after({ type: 'opening' }, error, { ...lost, code: 4000 }).phase).toEqual({
    kind: 'failed',
    failure: { error: 'login_failed', message: 'No.' },
  });
});
