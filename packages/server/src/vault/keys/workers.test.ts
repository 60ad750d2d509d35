import { describe, expect, it } from 'vitest';
import { ownCopy } from './jobs.ts';
import type { KeyJobs } from './jobs.ts';
import { maxBcryptRounds } from './limits.ts';
import { withRounds } from './testdata/openssh-file.ts';
import { readText } from './testdata/vectors.ts';
import { createKeyWorkers } from './workers.ts';

const limits = { workers: 1, jobTimeoutMs: 20_000, queueTimeoutMs: 20_000, maxQueued: 8, maxQueuedOfOne: 4 };

function requestOf(text: string): KeyJobs['read']['request'] {
  const passphrase = ownCopy(Buffer.from('horse'));
  return { kind: 'read', key: ownCopy(Buffer.from(text)), passphrase, wantsKey: true };
}

const quick = (): KeyJobs['read']['request'] => requestOf(readText('ed25519-openssh.key'));
/** Seconds of work. */
const slow = (): KeyJobs['read']['request'] => requestOf(withRounds(maxBcryptRounds));

// A machine that is very busy may take longer to start a thread than a job may take here.
describe('key workers', { timeout: 60_000, retry: 2 }, () => {
  it('take the secrets away from the sender', async () => {
    const request = quick();
    const reply = createKeyWorkers(limits).run(request);
    expect(request.key.byteLength).toBe(0);
    expect(request.passphrase?.byteLength).toBe(0);
    await reply;
  });

  it('end a job that takes too long, and go on with the next one', async () => {
    const workers = createKeyWorkers({ ...limits, jobTimeoutMs: 5000 });
    const stuck = workers.run(slow());
    const waiting = workers.run(quick());
    await expect(stuck).rejects.toMatchObject({ name: 'KeyJobTimeout' });
    expect((await waiting).inspection.status).toBe('ready');
  });

  it('turn away what would wait behind too many, and overwrite it', async () => {
    const workers = createKeyWorkers({ ...limits, jobTimeoutMs: 5000, maxQueued: 1 });
    const running = workers.run(slow());
    const waiting = workers.run(quick());
    const refused = quick();
    await expect(workers.run(refused)).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 5 });
    expect(refused.key.every((byte) => byte === 0)).toBe(true);
    await expect(running).rejects.toThrow();
    expect((await waiting).inspection.status).toBe('ready');
  });

  it('turn away what has waited too long', async () => {
    const workers = createKeyWorkers({ ...limits, jobTimeoutMs: 5000, queueTimeoutMs: 200 });
    const running = workers.run(slow());
    const request = quick();
    await expect(workers.run(request)).rejects.toMatchObject({ code: 'unavailable' });
    expect(request.key.every((byte) => byte === 0)).toBe(true);
    await expect(running).rejects.toMatchObject({ name: 'KeyJobTimeout' });
    expect((await workers.run(quick())).inspection.status).toBe('ready');
  });

  it('are never all at work for one account', async () => {
    const workers = createKeyWorkers({ ...limits, workers: 2 });
    const [spender, other] = [1, 2];
    // Starts both threads: the following jobs take milliseconds or seconds on running threads.
    await Promise.all([workers.run(quick(), spender), workers.run(quick(), other)]);
    let ended = 0;
    const dear = [slow(), slow(), slow()].map((request) => workers.run(request, spender).finally(() => (ended += 1)));
    // Nothing waits for them: they are ended with the test's process, or when they take too long.
    void Promise.allSettled(dear);
    expect((await workers.run(quick(), other)).inspection.status).toBe('ready');
    expect(ended).toBe(0);
  });

  it('take accounts in turns, each in its order', async () => {
    const workers = createKeyWorkers({ ...limits, maxQueuedOfOne: 8 });
    const order: string[] = [];
    const run = async (name: string, accountId: number) => {
      await workers.run(quick(), accountId);
      order.push(name);
    };
    await Promise.all([run('a1', 1), run('a2', 1), run('a3', 1), run('b1', 2), run('b2', 2), run('c1', 3)]);
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('leave room in the queue for other accounts', async () => {
    const workers = createKeyWorkers({ ...limits, maxQueuedOfOne: 2 });
    const running = [quick(), quick(), quick()].map((request) => workers.run(request, 1));
    await expect(workers.run(quick(), 1)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await workers.run(quick(), 2)).inspection.status).toBe('ready');
    await Promise.all(running);
  });

  it('work at the same time, as many as there are', async () => {
    const workers = createKeyWorkers({ ...limits, workers: 2 });
    let isOver = false;
    void Promise.allSettled([workers.run(slow()).finally(() => (isOver = true))]);
    expect((await workers.run(quick())).inspection.status).toBe('ready');
    expect(isOver).toBe(false);
  });
});
