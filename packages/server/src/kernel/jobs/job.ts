/**
 * Where a job runs. `node`: in each process, because it is about what that process holds (its sockets, its notes in memory, its file). `cluster`: in
 * one of the processes that share the database at a time, because it is about rows that they all have.
 */
export type JobScope = 'node' | 'cluster';

/** Work that is done again and again. */
export interface Job {
  /** For logs, metrics and the lease: `auth.prune`. */
  readonly name: string;
  readonly everyMs: number;
  readonly scope: JobScope;
  /**
   * One run. It stops soon after the signal is aborted: when the server stops, and after `runLimitMs`. A cluster job that goes on may then run at
   * another node at the same time.
   */
  run(signal: AbortSignal): Promise<void> | void;
}

/** How long one run of a job may take. */
export const runLimitMs = 60_000;

/** The right to run a cluster job once. */
export interface Lease {
  /** Gives it back: after a run that was `done`, for another period; else any node may take it at once. */
  release(done: boolean): Promise<void>;
}

/** What of a job decides about its lease. */
export type LeasedJob = Pick<Job, 'name' | 'everyMs'>;

/** Sees to it that one node at a time runs a cluster job, and once per period. */
export interface Leases {
  /** The lease, if the job is due and no other node has it; else in how many milliseconds that may have changed. */
  take(job: LeasedJob): Promise<Lease | { readonly waitMs: number }>;
}
