import { AppError } from '../../kernel/app-error.ts';
import { wipe } from './jobs.ts';
import type { KeyJobs, KeyReply, KeyRequest } from './jobs.ts';
import {
  GENERATE_TIMEOUT_MS,
  GENERATE_WORKERS,
  MAX_QUEUED_JOBS,
  QUEUE_TIMEOUT_MS,
  READ_TIMEOUT_MS,
  READ_WORKERS,
} from './limits.ts';
import { openSeat } from './seat.ts';
import type { Job, Seat } from './seat.ts';

interface KeyWorkerLimits {
  readonly workers: number;
  readonly jobTimeoutMs: number;
  readonly queueTimeoutMs: number;
  readonly maxQueued: number;
}

/** Threads that do what may take long or go wrong with keys from outside, so that the event loop does not. */
export interface KeyWorkers {
  /**
   * Runs one job; the buffers of the request are gone afterwards. Throws `AppError` `unavailable` when too many jobs wait or this one waited
   * too long, and `KeyJobTimeout` when the work took too long.
   */
  run<Kind extends keyof KeyJobs>(request: KeyJobs[Kind]['request'] & { kind: Kind }): Promise<KeyJobs[Kind]['reply']>;
}

interface QueuedJob extends Job {
  readonly waiting: NodeJS.Timeout;
}

/** The threads that read keys. */
export const readers = createKeyWorkers({
  workers: READ_WORKERS,
  jobTimeoutMs: READ_TIMEOUT_MS,
  queueTimeoutMs: QUEUE_TIMEOUT_MS,
  maxQueued: MAX_QUEUED_JOBS,
});

/** The thread that makes keys. */
export const generators = createKeyWorkers({
  workers: GENERATE_WORKERS,
  jobTimeoutMs: GENERATE_TIMEOUT_MS,
  queueTimeoutMs: QUEUE_TIMEOUT_MS,
  maxQueued: MAX_QUEUED_JOBS,
});

/** A pool that starts its threads when they are needed and replaces those that are gone. */
export function createKeyWorkers(limits: KeyWorkerLimits): KeyWorkers {
  const seats = new Set<Seat>();
  const queue: QueuedJob[] = [];

  const open = (): Seat => {
    const seat = openSeat({
      jobTimeoutMs: limits.jobTimeoutMs,
      onFree: next,
      onGone: () => {
        seats.delete(seat);
        next();
      },
    });
    seats.add(seat);
    return seat;
  };

  function next(): void {
    const free = [...seats].find((seat) => !seat.busy);
    if (!free && seats.size >= limits.workers) return;
    const job = queue.shift();
    if (!job) return;
    clearTimeout(job.waiting);
    (free ?? open()).take(job);
  }

  const enqueue = (request: KeyRequest): Promise<KeyReply> => {
    if (queue.length >= limits.maxQueued) {
      wipe(request);
      return Promise.reject(busy());
    }
    return new Promise((resolve, reject) => {
      const waiting = setTimeout(() => {
        queue.splice(queue.indexOf(job), 1);
        wipe(request);
        reject(busy());
      }, limits.queueTimeoutMs);
      const job = { request, resolve, reject, waiting };
      queue.push(job);
      next();
    });
  };

  // Each kind of request is answered with its kind of reply; the compiler takes the worker's word for it.
  return { run: enqueue };
}

function busy(): AppError {
  return new AppError('unavailable', 'Too many private keys are being opened at the moment. Try again shortly.', {
    retryAfterS: 5,
  });
}
