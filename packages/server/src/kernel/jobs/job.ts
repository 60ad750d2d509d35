/**
 * Where a job runs. `node`: in each process, for state of the process (sockets, memory, its file). `cluster`: in one process at a time, for rows that
 * all processes share.
 */
export type JobScope = 'node' | 'cluster';

/** Work that is repeated at an interval. */
export interface Job {
  /** For logs, metrics and the lease: `auth.prune`. */
  readonly name: string;
  readonly everyMs: number;
  readonly scope: JobScope;
  /**
   * One run. It must stop soon after the signal is aborted: at a shutdown, and after `runLimitMs`. A cluster job that continues may overlap with a
   * run on another node.
   */
  run(signal: AbortSignal): Promise<void> | void;
}

/** How long one run of a job may take. */
export const runLimitMs = 60_000;

/** The right to run a cluster job once. */
export interface Lease {
  /** Releases it: after a run that was `done`, until the next period; otherwise any node may take it at once. */
  release(done: boolean): Promise<void>;
}

/** The part of a job that its lease depends on. */
export type LeasedJob = Pick<Job, 'name' | 'everyMs'>;

/** Ensures that one node at a time runs a cluster job, once per period. */
export interface Leases {
  /** The lease, if the job is due and no other node holds it; otherwise the milliseconds until that may have changed. */
  take(job: LeasedJob): Promise<Lease | { readonly waitMs: number }>;
}
