import { Worker } from 'node:worker_threads';
import { transfersOf } from './jobs.ts';
import type { KeyAnswer, KeyReply, KeyRequest } from './jobs.ts';
import { workerHeapMb, workerIdleMs } from './limits.ts';

/** A job took too long; its worker was terminated. */
export class KeyJobTimeout extends Error {
  override readonly name = 'KeyJobTimeout';
}

/** A request and the functions that settle its promise. */
export interface KeyJob {
  readonly request: KeyRequest;
  readonly resolve: (reply: KeyReply) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread, which runs one job at a time. */
export interface WorkerHandle {
  readonly busy: boolean;
  /** Must not be called while busy. */
  assign(job: KeyJob): void;
}

interface WorkerOptions {
  readonly jobTimeoutMs: number;
  /** Called when the worker is free for its next job. */
  readonly onFree: () => void;
  /** Called when the worker failed, timed out, or was idle for long; the handle is unusable then. */
  readonly onEnd: () => void;
}

/** Starts a worker. It keeps the process alive only while it works. */
export function spawnWorker({ jobTimeoutMs, onFree, onEnd }: WorkerOptions): WorkerHandle {
  const worker = startThread();
  let job: KeyJob | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;

  const finish = (): KeyJob | undefined => {
    clearTimeout(timer);
    const finished = job;
    job = undefined;
    return finished;
  };

  const end = (reason: Error): void => {
    if (hasEnded) return;
    hasEnded = true;
    void worker.terminate();
    finish()?.reject(reason);
    onEnd();
  };

  worker.on('message', (answer: KeyAnswer) => {
    const finished = finish();
    if (!finished) return;
    worker.unref();
    timer = setTimeout(end, workerIdleMs, new Error('a key worker idled')).unref();
    if ('reply' in answer) finished.resolve(answer.reply);
    else finished.reject(new Error(`a key worker failed: ${answer.failure}`));
    onFree();
  });
  worker.on('error', (error) => {
    end(new Error('a key worker died', { cause: error }));
  });
  worker.on('exit', () => {
    end(new Error('a key worker ended'));
  });

  return {
    get busy() {
      return job !== undefined;
    },
    assign(taken) {
      clearTimeout(timer);
      job = taken;
      timer = setTimeout(end, jobTimeoutMs, new KeyJobTimeout('a key took too long'));
      worker.ref();
      worker.postMessage(taken.request, transfersOf(taken.request));
    },
  };
}

function startThread(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'private keys',
    // It gets only what it needs: no master key from the environment, no debugger port.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
  });
}
