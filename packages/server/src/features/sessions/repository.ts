import type { Session } from '@gatehouse/contract/connections';
import { stepSchema, type Step } from '@gatehouse/contract/problem';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db, Trx } from '../../kernel/db/database.ts';
import type { Schema } from '../../kernel/db/schema.ts';

type SessionRow = Selectable<Schema['sessions']>;

const stepsSchema = z.array(stepSchema);

export async function insertSession(
  trx: Trx,
  row: Pick<
    SessionRow,
    'account_id' | 'organization_id' | 'entry_id' | 'entry_name' | 'identity_id' | 'type' | 'reason'
  >,
): Promise<number> {
  const { id } = await trx
    .insertInto('sessions')
    .values({ ...row, status: 'connecting', started_at: new Date().toISOString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Marks a session as logged in, with the identity that did it. */
export async function markOpen(trx: Trx, id: number, identityId: number | null, steps: readonly Step[]): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ status: 'open', identity_id: identityId, steps: JSON.stringify(steps) })
    .where('id', '=', id)
    .execute();
}

interface Ending {
  readonly status: 'ended' | 'failed';
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  /** Left as they are when absent. */
  readonly steps?: readonly Step[];
}

export async function markEnded(trx: Trx, id: number, ending: Ending): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({
      status: ending.status,
      exit_code: ending.exitCode,
      exit_signal: ending.exitSignal,
      ended_at: new Date().toISOString(),
      ...(ending.steps === undefined ? {} : { steps: JSON.stringify(ending.steps) }),
    })
    .where('id', '=', id)
    .execute();
}

/** Sessions that a crash left behind: nothing lives through a restart of the process. */
export async function endStale(trx: Trx): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ status: 'failed', ended_at: new Date().toISOString() })
    .where('ended_at', 'is', null)
    .execute();
}

export function findSession(db: Db, id: number): Promise<SessionRow | undefined> {
  return db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

export function listSessions(
  db: Db,
  { accountId, live, limit }: { accountId: number; live: boolean | undefined; limit: number },
): Promise<SessionRow[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(live !== undefined, (query) => query.where('ended_at', live === true ? 'is' : 'is not', null))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    accountId: row.account_id,
    organizationId: row.organization_id,
    entryId: row.entry_id,
    entryName: row.entry_name,
    identityId: row.identity_id,
    type: row.type === 'exec' ? 'exec' : 'terminal',
    status: row.status,
    reason: row.reason,
    steps: stepsSchema.parse(JSON.parse(row.steps)),
    exitCode: row.exit_code,
    exitSignal: row.exit_signal,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
