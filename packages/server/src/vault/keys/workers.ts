import { refuse, type AppError } from '../../kernel/app-error.ts';
import { wipe } from './jobs.ts';
import type { KeyJobs, KeyReply, KeyRequest } from './jobs.ts';
import {
  generateTimeoutMs,
  generateWorkers,
  largeQueueTimeoutMs,
  maxGenerationsOfOne,
  maxLargeGenerationsOfOne,
  maxQueuedLargeGenerations,
  maxQueuedJobs,
  maxQueuedJobsOfOne,
  queueTimeoutMs,
  readTimeoutMs,
  readWorkers,
  retryAfterKeysS,
  retryAfterLargeKeysS,
} from './limits.ts';
import { spawnWorker } from './worker-handle.ts';
import type { KeyJob, WorkerHandle } from './worker-handle.ts';
import { createFairQueue } from './fair-queue.ts';

interface KeyWorkerLimits {
  readonly workers: number;
  readonly jobTimeoutMs: number;
  readonly queueTimeoutMs: number;
  readonly maxQueued: number;
  readonly maxQueuedOfOne: number;
  readonly retryAfterS?: number;
  /** What the jobs of the pool do, for the message of a refusal. */
  readonly purpose?: 'read' | 'generate';
}

/** Threads for work on untrusted keys that may take long or fail, which must not run on the event loop. */
export interface KeyWorkers {
  /**
   * Runs one job; the buffers of the request are transferred. Jobs of one account (`accountId`) take turns with those of others, and never occupy all
   * threads if there are several: one account's expensive keys must not keep others from logging in. Throws `AppError` `unavailable` if too many jobs
   * wait or this one waited too long, and `KeyJobTimeout` if the work took too long.
   */
  run<Kind extends keyof KeyJobs>(
    request: KeyJobs[Kind]['request'] & { kind: Kind },
    accountId?: number,
  ): Promise<KeyJobs[Kind]['reply']>;
}

interface QueuedJob extends KeyJob {
  readonly accountId: number | undefined;
  readonly waiting: NodeJS.Timeout;
}

/** The threads that read keys. */
export const readers = createKeyWorkers({
  workers: readWorkers,
  jobTimeoutMs: readTimeoutMs,
  queueTimeoutMs: queueTimeoutMs,
  maxQueued: maxQueuedJobs,
  maxQueuedOfOne: maxQueuedJobsOfOne,
});

/** The thread that generates keys, except large ones. Throws `too_many_requests` above the limit of an account. */
export const generators = limitedPerAccount(maxGenerationsOfOne, {
  workers: generateWorkers,
  jobTimeoutMs: generateTimeoutMs,
  queueTimeoutMs: queueTimeoutMs,
  maxQueued: maxQueuedJobs,
  maxQueuedOfOne: maxGenerationsOfOne,
  purpose: 'generate',
});

/** The thread that generates large RSA keys, so that no other key waits for them. */
export const largeGenerators = limitedPerAccount(maxLargeGenerationsOfOne, {
  workers: generateWorkers,
  jobTimeoutMs: generateTimeoutMs,
  queueTimeoutMs: largeQueueTimeoutMs,
  maxQueued: maxQueuedLargeGenerations,
  maxQueuedOfOne: maxLargeGenerationsOfOne,
  retryAfterS: retryAfterLargeKeysS,
  purpose: 'generate',
});

/** A pool that starts threads on demand and replaces ended ones. */
export function createKeyWorkers(limits: KeyWorkerLimits): KeyWorkers {
  const threads = new Set<WorkerHandle>();
  const queue: QueuedJob[] = [];
  const fairness = createFairQueue<QueuedJob>(Math.max(1, limits.workers - 1));

  const spawn = (): WorkerHandle => {
    const thread = spawnWorker({
      jobTimeoutMs: limits.jobTimeoutMs,
      onFree: () => {
        fairness.ended(thread);
        next();
      },
      onEnd: () => {
        threads.delete(thread);
        fairness.ended(thread);
        next();
      },
    });
    threads.add(thread);
    return thread;
  };

  function next(): void {
    const free = [...threads].find((thread) => !thread.busy);
    if (!free && threads.size >= limits.workers) return;
    const job = fairness.next(queue);
    if (!job) return;
    queue.splice(queue.indexOf(job), 1);
    clearTimeout(job.waiting);
    const thread = free ?? spawn();
    fairness.began(thread, job.accountId);
    thread.assign(job);
  }

  const isFull = (accountId: number | undefined) =>
    queue.length >= limits.maxQueued ||
    (accountId !== undefined && queue.filter((job) => job.accountId === accountId).length >= limits.maxQueuedOfOne);

  const enqueue = (request: KeyRequest, accountId?: number): Promise<KeyReply> => {
    if (isFull(accountId)) {
      wipe(request);
      return Promise.reject(busy(limits));
    }
    return new Promise((resolve, reject) => {
      const waiting = setTimeout(() => {
        queue.splice(queue.indexOf(job), 1);
        wipe(request);
        reject(busy(limits));
      }, limits.queueTimeoutMs);
      const job = { request, accountId, resolve, reject, waiting };
      queue.push(job);
      next();
    });
  };

  // Each kind of request gets its kind of reply; the compiler cannot check it.
  return { run: enqueue };
}

/** A pool that takes at most so many jobs of one account at a time, waiting and running ones together. */
function limitedPerAccount(most: number, limits: KeyWorkerLimits): KeyWorkers {
  const pool = createKeyWorkers(limits);
  const counts = new Map<number, number>();
  const add = (accountId: number, change: number) => {
    const count = (counts.get(accountId) ?? 0) + change;
    if (count === 0) counts.delete(accountId);
    else counts.set(accountId, count);
  };
  return {
    async run(request, accountId) {
      if (accountId === undefined) return pool.run(request);
      if ((counts.get(accountId) ?? 0) >= most) {
        wipe(request);
        const { retryAfterS = retryAfterKeysS } = limits;
        throw refuse('key_generations_used_up', { count: most }, { retryAfterS });
      }
      add(accountId, 1);
      try {
        return await pool.run(request, accountId);
      } finally {
        add(accountId, -1);
      }
    },
  };
}

function busy({ purpose = 'read', retryAfterS = retryAfterKeysS }: KeyWorkerLimits): AppError {
  return refuse(purpose === 'read' ? 'keys_too_many' : 'key_generations_too_many', { retryAfterS });
}
