import { refuse, type AppError } from '../../kernel/app-error.ts';
import { wipe } from './jobs.ts';
import type { KeyJobs, KeyReply, KeyRequest } from './jobs.ts';
import {
  GENERATE_TIMEOUT_MS,
  GENERATE_WORKERS,
  MAX_QUEUED_JOBS,
  MAX_QUEUED_JOBS_OF_ONE,
  QUEUE_TIMEOUT_MS,
  READ_TIMEOUT_MS,
  READ_WORKERS,
} from './limits.ts';
import { openSeat } from './seat.ts';
import type { Job, Seat } from './seat.ts';
import { createTurns } from './turns.ts';

interface KeyWorkerLimits {
  readonly workers: number;
  readonly jobTimeoutMs: number;
  readonly queueTimeoutMs: number;
  readonly maxQueued: number;
  readonly maxQueuedOfOne: number;
}

/** Threads that do what may take long or go wrong with keys from outside, so that the event loop does not. */
export interface KeyWorkers {
  /**
   * Runs one job; the buffers of the request are gone afterwards. Jobs for one account (`accountId`) take turns with those for others, and never
   * all threads where there are several: somebody with dear keys must not keep everybody else from logging in. Throws `AppError` `unavailable`
   * when too many jobs wait or this one waited too long, and `KeyJobTimeout` when the work took too long.
   */
  run<Kind extends keyof KeyJobs>(
    request: KeyJobs[Kind]['request'] & { kind: Kind },
    accountId?: number,
  ): Promise<KeyJobs[Kind]['reply']>;
}

interface QueuedJob extends Job {
  readonly accountId: number | undefined;
  readonly waiting: NodeJS.Timeout;
}

/** The threads that read keys. */
export const readers = createKeyWorkers({
  workers: READ_WORKERS,
  jobTimeoutMs: READ_TIMEOUT_MS,
  queueTimeoutMs: QUEUE_TIMEOUT_MS,
  maxQueued: MAX_QUEUED_JOBS,
  maxQueuedOfOne: MAX_QUEUED_JOBS_OF_ONE,
});

/** The thread that makes keys. */
export const generators = createKeyWorkers({
  workers: GENERATE_WORKERS,
  jobTimeoutMs: GENERATE_TIMEOUT_MS,
  queueTimeoutMs: QUEUE_TIMEOUT_MS,
  maxQueued: MAX_QUEUED_JOBS,
  maxQueuedOfOne: MAX_QUEUED_JOBS_OF_ONE,
});

/** A pool that starts its threads when they are needed and replaces those that are gone. */
export function createKeyWorkers(limits: KeyWorkerLimits): KeyWorkers {
  const seats = new Set<Seat>();
  const queue: QueuedJob[] = [];
  const turns = createTurns<QueuedJob>(Math.max(1, limits.workers - 1));

  const open = (): Seat => {
    const seat = openSeat({
      jobTimeoutMs: limits.jobTimeoutMs,
      onFree: () => {
        turns.ended(seat);
        next();
      },
      onGone: () => {
        seats.delete(seat);
        turns.ended(seat);
        next();
      },
    });
    seats.add(seat);
    return seat;
  };

  function next(): void {
    const free = [...seats].find((seat) => !seat.busy);
    if (!free && seats.size >= limits.workers) return;
    const job = turns.next(queue);
    if (!job) return;
    queue.splice(queue.indexOf(job), 1);
    clearTimeout(job.waiting);
    const seat = free ?? open();
    turns.began(seat, job.accountId);
    seat.take(job);
  }

  const isFull = (accountId: number | undefined) =>
    queue.length >= limits.maxQueued ||
    (accountId !== undefined && queue.filter((job) => job.accountId === accountId).length >= limits.maxQueuedOfOne);

  const enqueue = (request: KeyRequest, accountId?: number): Promise<KeyReply> => {
    if (isFull(accountId)) {
      wipe(request);
      return Promise.reject(busy());
    }
    return new Promise((resolve, reject) => {
      const waiting = setTimeout(() => {
        queue.splice(queue.indexOf(job), 1);
        wipe(request);
        reject(busy());
      }, limits.queueTimeoutMs);
      const job = { request, accountId, resolve, reject, waiting };
      queue.push(job);
      next();
    });
  };

  // Each kind of request is answered with its kind of reply; the compiler takes the worker's word for it.
  return { run: enqueue };
}

function busy(): AppError {
  return refuse('keys_too_many', {
    retryAfterS: 5,
  });
}
