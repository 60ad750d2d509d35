import { AppError, refuse } from '../../kernel/app-error.ts';

/** The remote end broke the connection, sent something wrong, or nothing in time. The protocol explains it. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'late' | 'closed' | 'error';

  constructor(kind: 'late' | 'closed' | 'error', cause?: unknown) {
    super(`transport error: ${kind}`, { cause });
    this.kind = kind;
  }
}

/** One attempt to log in to one hop: whatever ends it early ends every wait in it. */
export interface Attempt {
  /** Aborted with the reason as soon as the attempt has failed. */
  readonly signal: AbortSignal;
  fail(reason: Error): void;
  /** Waits for `work`, but only as long as the attempt lives. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Fails the attempt if `work` takes longer than `ms`, not counting the time in `whileAsking`. Each wait in `work` must use `race`. */
  within<T>(ms: number, work: () => Promise<T>): Promise<T>;
  /**
   * For work in which a person may be asked: pauses the timeout of `within` and starts that of the person. `discard` gets a result that comes too
   * late.
   */
  whileAsking<T>(work: (signal: AbortSignal) => Promise<T>, discard?: (late: T) => void): Promise<T>;
  /** Whether work of `whileAsking` runs. */
  isAsking(): boolean;
  /** Unsubscribes from the caller's signal. Nothing may be awaited in the attempt afterwards. */
  end(): void;
}

/** Starts an attempt that fails when the caller's signal is aborted. `questionMs` limits each question to a person. */
export function startAttempt(caller: AbortSignal, questionMs: number): Attempt {
  const controller = new AbortController();
  const { signal } = controller;
  let clock: PausableClock | undefined;
  let asking = 0;

  const fail = (reason: Error) => {
    controller.abort(reason);
  };
  const race = <T>(work: Promise<T>) => raceAgainst(signal, work);
  const onCallerAbort = () => {
    fail(stopped(caller.reason));
  };
  if (caller.aborted) onCallerAbort();
  else caller.addEventListener('abort', onCallerAbort, { once: true });

  return {
    signal,
    fail,
    race,
    async within(ms, work) {
      const running = startClock(ms, () => {
        fail(new TransportError('late', `${ms} ms`));
      });
      clock = running;
      try {
        return await work();
      } finally {
        running.stop();
        clock = undefined;
      }
    },
    async whileAsking(work, discard) {
      const tooLate = setTimeout(() => {
        fail(refuse('question_unanswered_in_time'));
      }, questionMs);
      clock?.pause();
      asking += 1;
      const working = work(signal);
      try {
        return await race(working);
      } catch (error) {
        if (discard) void working.then(discard, () => undefined);
        throw error;
      } finally {
        clearTimeout(tooLate);
        asking -= 1;
        clock?.resume();
      }
    },
    isAsking: () => asking > 0,
    end() {
      caller.removeEventListener('abort', onCallerAbort);
    },
  };
}

function stopped(reason: unknown): Error {
  if (reason instanceof AppError || reason instanceof TransportError) return reason;
  return refuse('login_stopped', { cause: reason });
}

async function raceAgainst<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => {
    reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

interface PausableClock {
  pause(): void;
  resume(): void;
  stop(): void;
}

function startClock(ms: number, onSpent: () => void): PausableClock {
  let leftMs = ms;
  let startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined = setTimeout(onSpent, leftMs);
  let stoppedForGood = false;
  return {
    pause() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      leftMs -= performance.now() - startedAt;
    },
    resume() {
      if (timer !== undefined || stoppedForGood) return;
      startedAt = performance.now();
      timer = setTimeout(onSpent, Math.max(0, leftMs));
    },
    stop() {
      stoppedForGood = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
