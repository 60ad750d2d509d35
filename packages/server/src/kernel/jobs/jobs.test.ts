import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Job, Leases } from './job.ts';
import { createJobs, type Jobs, type JobTimes } from './jobs.ts';

const patience = { timeout: 30_000, interval: 5 };

interface Line {
  readonly job?: string;
  readonly jobs?: readonly string[];
  readonly err?: unknown;
}

let lines: { readonly level: string; readonly facts: Line; readonly text: string }[];
let jobs: Jobs;
let stopped: AbortController;

beforeEach(() => {
  lines = [];
  stopped = new AbortController();
});

afterEach(async () => {
  stopped.abort();
  await jobs[Symbol.asyncDispose]();
});

const noLeases: Leases = { take: () => Promise.reject(new Error('the database is away')) };

function start(given: Partial<Job> & Pick<Job, 'run'>, { leases = noLeases, times = {} }: Given = {}): void {
  const note = (level: string) => (facts: unknown, text?: string) => {
    lines.push({ level, facts: facts as Line, text: text ?? '' });
  };
  jobs = createJobs({ leases, logger: { debug: note('debug'), warn: note('warn') }, times });
  jobs.start([{ name: 'test.job', everyMs: 5, scope: 'node', ...given }]);
}

interface Given {
  readonly leases?: Leases;
  readonly times?: Partial<JobTimes>;
}

/** Work that only the signal of its run, or the end of the test, ends. */
const untilAborted = (signal: AbortSignal) =>
  delay(3_600_000, undefined, { signal: AbortSignal.any([signal, stopped.signal]) }).catch(() => {
    signal.throwIfAborted();
  });

describe('a job', () => {
  test('runs again and again', async () => {
    const run = vi.fn();
    start({ run });
    await vi.waitFor(() => {
      expect(run.mock.calls.length).toBeGreaterThan(3);
    }, patience);
    expect(jobs.runs().get('test.job')?.done).toBeGreaterThan(2);
  });

  test('does not run twice at once, however long a run takes', async () => {
    let running = 0;
    let most = 0;
    let ended = 0;
    start({
      async run() {
        most = Math.max(most, ++running);
        await delay(20);
        running -= 1;
        ended += 1;
      },
    });
    await vi.waitFor(() => {
      expect(ended).toBeGreaterThan(3);
    }, patience);
    expect(most).toBe(1);
  });

  test('that fails is logged by its name, and runs again', async () => {
    const failure = new Error('no space left');
    let runs = 0;
    start({
      run() {
        if (++runs === 1) throw failure;
      },
    });
    await vi.waitFor(() => {
      expect(runs).toBeGreaterThan(2);
    }, patience);
    expect(lines).toMatchObject([{ level: 'warn', facts: { job: 'test.job', err: failure } }]);
    expect(jobs.runs().get('test.job')).toMatchObject({ failed: 1 });
  });

  test('that takes too long is told to stop, and runs again', async () => {
    let runs = 0;
    start({ run: (signal) => (++runs === 1 ? untilAborted(signal) : undefined) }, { times: { runLimitMs: 20 } });
    await vi.waitFor(() => {
      expect(runs).toBeGreaterThan(1);
    }, patience);
    expect(lines[0]).toMatchObject({ level: 'warn', facts: { job: 'test.job', limitMs: 20 } });
    expect(jobs.runs().get('test.job')).toMatchObject({ failed: 1 });
  });

  test('is told to stop with the server, which waits for it', async () => {
    let outcome = 'waiting';
    start({
      async run(signal) {
        outcome = 'running';
        await untilAborted(signal).catch(() => undefined);
        await delay(20);
        outcome = 'ended';
      },
    });
    await vi.waitFor(() => {
      expect(outcome).toBe('running');
    }, patience);
    await jobs[Symbol.asyncDispose]();
    expect(outcome).toBe('ended');
    expect(lines).toEqual([]);
  });

  test('that does not stop is named, and waited for no longer', async () => {
    let running = false;
    start(
      {
        run() {
          running = true;
          return untilAborted(stopped.signal);
        },
      },
      { times: { stopMs: 20 } },
    );
    await vi.waitFor(() => {
      expect(running).toBe(true);
    }, patience);
    await jobs[Symbol.asyncDispose]();
    expect(lines).toMatchObject([{ level: 'warn', facts: { jobs: ['test.job'] } }]);
  });

  test('does not run after the server has stopped', async () => {
    const run = vi.fn();
    start({ run, everyMs: 3_600_000 });
    await jobs[Symbol.asyncDispose]();
    expect(run).not.toHaveBeenCalled();
  });

  test('has a name of its own', () => {
    start({ run: () => undefined });
    expect(() => {
      jobs.start([{ name: 'test.job', everyMs: 5, scope: 'node', run: () => undefined }]);
    }).toThrow('test.job');
  });
});

describe('a job of the cluster', () => {
  test('runs with a lease alone, and gives it back', async () => {
    const released: boolean[] = [];
    let asked = 0;
    const release = (done: boolean) => Promise.resolve(void released.push(done));
    const leases: Leases = { take: () => Promise.resolve(++asked % 2 === 0 ? { release } : { waitMs: 1 }) };
    const run = vi.fn();
    start({ run, scope: 'cluster' }, { leases });
    await vi.waitFor(() => {
      expect(released.length).toBeGreaterThan(2);
    }, patience);
    expect(Math.floor(asked / 2) - run.mock.calls.length).toBeLessThanOrEqual(1);
    expect(new Set(released)).toEqual(new Set([true]));
    expect(lines[0]).toMatchObject({ level: 'debug', facts: { job: 'test.job' } });
  });

  test('leaves the rest to another node when its own stops', async () => {
    const released: boolean[] = [];
    let running = false;
    const leases: Leases = {
      take: () => Promise.resolve({ release: (done) => Promise.resolve(void released.push(done)) }),
    };
    start(
      {
        scope: 'cluster',
        run(signal) {
          running = true;
          return untilAborted(signal);
        },
      },
      { leases },
    );
    await vi.waitFor(() => {
      expect(running).toBe(true);
    }, patience);
    await jobs[Symbol.asyncDispose]();
    expect(released).toEqual([false]);
    expect(lines).toEqual([]);
  });

  test('asks again where the database was away', async () => {
    let asked = 0;
    const run = vi.fn();
    const leases: Leases = {
      take: () =>
        ++asked === 1 ? noLeases.take({ name: '', everyMs: 0 }) : Promise.resolve({ release: () => Promise.resolve() }),
    };
    start({ run, scope: 'cluster' }, { leases });
    await vi.waitFor(() => {
      expect(run).toHaveBeenCalled();
    }, patience);
    expect(lines[0]).toMatchObject({ level: 'warn', facts: { job: 'test.job' } });
  });
});
