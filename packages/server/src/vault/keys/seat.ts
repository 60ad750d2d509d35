import { Worker } from 'node:worker_threads';
import { transfersOf } from './jobs.ts';
import type { KeyAnswer, KeyReply, KeyRequest } from './jobs.ts';
import { WORKER_HEAP_MB, WORKER_IDLE_MS } from './limits.ts';

/** A job took longer than it may; its worker has been ended. */
export class KeyJobTimeout extends Error {
  override readonly name = 'KeyJobTimeout';
}

/** A request and whoever waits for its reply. */
export interface Job {
  readonly request: KeyRequest;
  readonly resolve: (reply: KeyReply) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread, which does one job at a time. */
export interface Seat {
  readonly busy: boolean;
  /** Must not be called while busy. */
  take(job: Job): void;
}

interface SeatOptions {
  readonly jobTimeoutMs: number;
  /** The worker waits for its next job. */
  readonly onFree: () => void;
  /** The worker died, timed out, or idled long enough; the seat is no more. */
  readonly onGone: () => void;
}

/** Starts a worker. It holds the process open only while it works. */
export function openSeat({ jobTimeoutMs, onFree, onGone }: SeatOptions): Seat {
  const worker = startWorker();
  let job: Job | undefined;
  let timer: NodeJS.Timeout | undefined;
  let gone = false;

  const finish = (): Job | undefined => {
    clearTimeout(timer);
    const finished = job;
    job = undefined;
    return finished;
  };

  const leave = (reason: Error): void => {
    if (gone) return;
    gone = true;
    void worker.terminate();
    finish()?.reject(reason);
    onGone();
  };

  worker.on('message', (answer: KeyAnswer) => {
    const finished = finish();
    if (!finished) return;
    worker.unref();
    timer = setTimeout(leave, WORKER_IDLE_MS, new Error('a key worker idled')).unref();
    if ('reply' in answer) finished.resolve(answer.reply);
    else finished.reject(new Error(`a key worker failed: ${answer.failure}`));
    onFree();
  });
  worker.on('error', (error) => {
    leave(new Error('a key worker died', { cause: error }));
  });
  worker.on('exit', () => {
    leave(new Error('a key worker ended'));
  });

  return {
    get busy() {
      return job !== undefined;
    },
    take(taken) {
      clearTimeout(timer);
      job = taken;
      timer = setTimeout(leave, jobTimeoutMs, new KeyJobTimeout('a key took too long'));
      worker.ref();
      worker.postMessage(taken.request, transfersOf(taken.request));
    },
  };
}

function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'private keys',
    // It gets nothing of the process that it does not need: no master key from the environment, no debugger port.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  });
}
