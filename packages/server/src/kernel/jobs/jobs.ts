import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import { runLimitMs, type Job, type Leases } from './job.ts';

/** How long a shutdown waits for running jobs. */
const stopMs = 2_000;
/** A new process checks for due cluster jobs after this time, however long their period. */
const firstLookMs = 60_000;
/** The random part of a wait, so that jobs and nodes do not all start at the same time. */
const spread = 0.1;
/** The shortest time between two queries for a lease. */
const minLookMs = 20;

/** How often a job has run in this process. */
export interface JobRuns {
  readonly done: number;
  readonly failed: number;
}

/** The jobs of this process. Disposing aborts running ones and waits up to two seconds for them. */
export interface Jobs extends AsyncDisposable {
  /** Starts them, each after about one period; the next run waits for the end of the last. */
  start(jobs: readonly Job[]): void;
  /** By name of the job. */
  readonly runs: () => ReadonlyMap<string, JobRuns>;
}

interface Options {
  readonly leases: Leases;
  readonly logger: Pick<Logger, 'debug' | 'warn'>;
  readonly times?: Partial<JobTimes> | undefined;
}

/** What tests shorten. */
export interface JobTimes {
  readonly stopMs: number;
  readonly runLimitMs: number;
  /** Replaces the period of every cluster job. */
  readonly clusterEveryMs: number;
}

/** Jobs run in this process; with `leases`, each runs on one node at a time. */
export function createJobs({ leases, logger, times = {} }: Options): Jobs {
  const runner = new Runner(leases, logger, times.runLimitMs ?? runLimitMs);
  const loops = new Map<string, Promise<void>>();
  return {
    start(jobs) {
      for (const given of jobs) {
        if (loops.has(given.name)) throw new Error(`there are two jobs called ${given.name}`);
        const { clusterEveryMs } = times;
        const job =
          given.scope === 'node' || clusterEveryMs === undefined ? given : { ...given, everyMs: clusterEveryMs };
        const loop = runner.repeat(job).finally(() => loops.delete(job.name));
        loops.set(job.name, loop);
      }
    },
    runs: () => runner.runs,
    async [Symbol.asyncDispose]() {
      runner.stopping.abort(new Error('the server stops'));
      const timer = new AbortController();
      const late = delay(times.stopMs ?? stopMs, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([Promise.all(loops.values()), late]);
      timer.abort();
      if (loops.size > 0) logger.warn({ jobs: [...loops.keys()] }, 'jobs did not stop in time');
    },
  };
}

class Runner {
  readonly stopping = new AbortController();
  readonly runs = new Map<string, JobRuns>();
  readonly #leases: Leases;
  readonly #logger: Options['logger'];
  readonly #limitMs: number;

  constructor(leases: Leases, logger: Options['logger'], limitMs: number) {
    this.#leases = leases;
    this.#logger = logger;
    this.#limitMs = limitMs;
  }

  /** Ends when the server stops; never rejects. */
  async repeat(job: Job): Promise<void> {
    let waitMs = job.scope === 'node' ? job.everyMs : Math.min(job.everyMs, firstLookMs);
    while (await this.#wait(waitMs)) waitMs = Math.min(job.everyMs, Math.max(minLookMs, await this.#turn(job)));
  }

  /** Resolves to whether to continue. Never waits longer than asked: callers rely on the period. */
  async #wait(ms: number): Promise<boolean> {
    const { signal } = this.stopping;
    await delay(ms * (1 - spread * Math.random()), undefined, { signal, ref: false }).catch(() => undefined);
    return !signal.aborted;
  }

  /** Resolves to how long to wait for the next run. */
  async #turn(job: Job): Promise<number> {
    try {
      if (job.scope === 'node') {
        await this.#run(job);
        return job.everyMs;
      }
      const lease = await this.#leases.take(job);
      if ('waitMs' in lease) return lease.waitMs;
      await lease.release(await this.#run(job));
    } catch (err) {
      this.#logger.warn({ job: job.name, err }, 'the lease of a job could not be taken or given back');
    }
    return job.everyMs;
  }

  /** Resolves to whether the run ended by itself: a failed one is repeated in its next period. */
  async #run(job: Job): Promise<boolean> {
    const startedMs = performance.now();
    const run = new AbortController();
    const stop = () => {
      run.abort(this.stopping.signal.reason);
    };
    this.stopping.signal.addEventListener('abort', stop);
    const limit = setTimeout(() => {
      this.#logger.warn({ job: job.name, limitMs: this.#limitMs }, 'a job takes too long and was told to stop');
      run.abort(new Error('the run took too long'));
    }, this.#limitMs).unref();
    try {
      if (this.stopping.signal.aborted) return false;
      await job.run(run.signal);
      this.#count(job, 'done');
      const durationMs = Math.round(performance.now() - startedMs);
      if (job.scope === 'cluster') this.#logger.debug({ job: job.name, durationMs }, 'a job ran');
    } catch (err) {
      if (this.stopping.signal.aborted && err === run.signal.reason) return false;
      this.#count(job, 'failed');
      this.#logger.warn({ job: job.name, err }, 'a job failed; it runs again after its period');
    } finally {
      clearTimeout(limit);
      this.stopping.signal.removeEventListener('abort', stop);
    }
    return true;
  }

  #count({ name }: Job, outcome: keyof JobRuns): void {
    const runs = this.runs.get(name) ?? { done: 0, failed: 0 };
    this.runs.set(name, { ...runs, [outcome]: runs[outcome] + 1 });
  }
}
