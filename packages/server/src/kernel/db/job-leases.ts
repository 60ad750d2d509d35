import { runLimitMs, type LeasedJob, type Leases } from '../jobs/job.ts';
import { databaseNowMs } from './clock.ts';
import type { Database, Trx } from './database.ts';

/** How much longer than its run a lease lasts, so that a run is aborted before another node can begin one. */
const leaseMarginMs = 15_000;
const usualLeaseMs = runLimitMs + leaseMarginMs;

interface Options {
  readonly database: Database;
  readonly nodeId: string;
  readonly leaseMs?: number;
}

/**
 * Leases in the database: a row per job says when it is due, and until when a node holds it. If a node fails during a run, another takes over after
 * that time. On SQLite, with one process, the row keeps the period across restarts.
 */
export function createLeases({ database, nodeId, leaseMs = usualLeaseMs }: Options): Leases {
  const { engine } = database;
  async function find(trx: Trx, name: string) {
    const { nowMs } = await trx.selectNoFrom(databaseNowMs(engine).as('nowMs')).executeTakeFirstOrThrow();
    const row = await trx.selectFrom('job_leases').selectAll().where('name', '=', name).executeTakeFirst();
    return { nowMs, row };
  }
  return {
    take: (job) =>
      database.transaction(async (trx) => {
        const { nowMs, row } = await find(trx, job.name);
        const waitMs = row === undefined ? 0 : waitFor(row, job, { nowMs, leaseMs });
        if (waitMs > 0) return { waitMs };
        const heldUntilMs = nowMs + leaseMs;
        const taken = { node_id: nodeId, held_until_ms: heldUntilMs };
        await trx
          .insertInto('job_leases')
          .values({ name: job.name, due_at_ms: nowMs, ...taken })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(taken))
          .execute();
        return { release: (done) => release({ job, nowMs, heldUntilMs, done }) };
      }),
  };

  async function release({ job, nowMs, heldUntilMs, done }: Held): Promise<void> {
    await database.transaction((trx) =>
      trx
        .updateTable('job_leases')
        .set({ held_until_ms: 0, ...(done ? { due_at_ms: nowMs + job.everyMs } : {}) })
        .where('name', '=', job.name)
        // Not a lease that another node took after this one expired.
        .where('node_id', '=', nodeId)
        .where('held_until_ms', '=', heldUntilMs)
        .execute(),
    );
  }
}

interface Held {
  readonly job: LeasedJob;
  /** When it was acquired. */
  readonly nowMs: number;
  readonly heldUntilMs: number;
  readonly done: boolean;
}

interface LeaseTimes {
  readonly held_until_ms: number;
  readonly due_at_ms: number;
}

/** A time too far in the future was set by a clock that was set back since: it counts as expired. */
function waitFor(
  { held_until_ms: heldUntil, due_at_ms: dueAt }: LeaseTimes,
  { everyMs }: LeasedJob,
  { nowMs, leaseMs }: { readonly nowMs: number; readonly leaseMs: number },
): number {
  const left = (untilMs: number, atMostMs: number) => (untilMs - nowMs > atMostMs ? 0 : untilMs - nowMs);
  return Math.max(left(heldUntil, leaseMs), left(dueAt, everyMs));
}
