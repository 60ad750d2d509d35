import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Job } from '../jobs/job.ts';
import { databaseNowMs } from './clock.ts';
import type { Database, Trx } from './database.ts';

/** The intervals with which nodes watch each other, in milliseconds. */
export interface NodeTimes {
  /** How often a node updates its row. */
  readonly beatMs: number;
  /** After this silence a node counts as lost: longer than a database takes to restart. */
  readonly goneMs: number;
  /** How often a node checks that it receives the events of the others; undefined: the usual interval. */
  readonly checkMs?: number;
}

const usual: NodeTimes = { beatMs: 10_000, goneMs: 45_000 };

/** This process as one of the nodes of the database. Disposing leaves. */
export interface Node extends AsyncDisposable {
  readonly id: string;
  /** Updates the row of this node, and looks for lost ones. */
  jobs(listener: NodeListener): readonly Job[];
}

/** What a node is notified of. */
export interface NodeListener {
  /** Other nodes were lost, so their sessions are orphaned. One node is notified of each. */
  onNodesLost(): Promise<void>;
  /** Another node declared this one lost, and its sessions ended. */
  onDeclaredLost(): void;
}

const now = databaseNowMs('postgres');

/** A process that does not share its database: with SQLite there is only one, so no row is written. */
export function soleNode(): Node {
  return { id: randomUUID(), jobs: () => [], [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Joins the nodes of a PostgreSQL database; `id` is new in each process. */
export async function joinNodes(database: Database, times = usual): Promise<Node> {
  const id = randomUUID();
  const appear = (trx: Trx) => trx.insertInto('nodes').values({ id, seen_at_ms: now }).execute();
  await database.transaction(appear);

  async function beat(listener: NodeListener): Promise<void> {
    const { known, gone } = await database.transaction(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('nodes')
        .set({ seen_at_ms: now })
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) await appear(trx);
      const { numDeletedRows } = await trx
        .deleteFrom('nodes')
        .where('seen_at_ms', '<', sql<number>`${now} - ${sql.lit(times.goneMs)}`)
        .executeTakeFirstOrThrow();
      return { known: numUpdatedRows > 0n, gone: numDeletedRows > 0n };
    });
    if (!known) listener.onDeclaredLost();
    if (gone) await listener.onNodesLost();
  }

  return {
    id,
    jobs: (listener) => [{ name: 'nodes.heartbeat', everyMs: times.beatMs, scope: 'node', run: () => beat(listener) }],
    async [Symbol.asyncDispose]() {
      await database.transaction((trx) => trx.deleteFrom('nodes').where('id', '=', id).execute());
    },
  };
}
