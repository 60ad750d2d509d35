import type { Session } from '@gatehouse/contract/connections';
import { stepSchema, type Step } from '@gatehouse/contract/problem';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db, Trx } from '../../../kernel/db/database.ts';
import type { Schema } from '../../../kernel/db/schema.ts';
import type { ExitStatus } from '../../../protocols/protocol.ts';

type SessionRow = Selectable<Schema['sessions']>;

/** A session with the name of its account. */
export type NamedSession = SessionRow & { readonly username: string };

const stepsSchema = z.array(stepSchema);

/** The columns of a session at its beginning. */
export type NewSession = Pick<
  SessionRow,
  | 'account_id'
  | 'organization_id'
  | 'entry_id'
  | 'entry_name'
  | 'identity_id'
  | 'type'
  | 'reason'
  | 'node_id'
  | 'started_at'
>;

/** Whether account, entry and identity of a session still exist. */
export async function referencesExist(
  trx: Trx,
  { account_id, entry_id, identity_id }: Pick<NewSession, 'account_id' | 'entry_id' | 'identity_id'>,
): Promise<boolean> {
  const exists = async (table: 'accounts' | 'entries' | 'identities', id: number | null) =>
    id === null || (await trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  return (
    (await exists('accounts', account_id)) && (await exists('entries', entry_id)) && exists('identities', identity_id)
  );
}

/** Resolves to the id. */
export async function insertSession(trx: Trx, row: NewSession): Promise<number> {
  const { id } = await trx
    .insertInto('sessions')
    .values({ ...row, status: 'connecting' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Marks a session as logged in; one that has ended meanwhile stays as it is. */
export async function markOpen(trx: Trx, id: number, steps: readonly Step[]): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ status: 'open', steps: JSON.stringify(steps) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

interface Ended {
  readonly status: 'ended' | 'failed';
  readonly exit: ExitStatus;
  readonly steps: readonly Step[];
  readonly at: string;
}

/** Resolves to whether it had not ended; otherwise nothing is written. */
export async function markEnded(trx: Trx, id: number, { status, exit, steps, at }: Ended): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({
      status,
      exit_code: exit.code,
      exit_signal: exit.signal,
      ended_at: at,
      steps: JSON.stringify(steps),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** An unended session with its account. */
export type Unended = Pick<SessionRow, 'id' | 'organization_id' | 'entry_id' | 'entry_name' | 'identity_id'> & {
  readonly account: { readonly id: number; readonly username: string };
};

/** Unended sessions of lost nodes; by id. */
export async function orphanedSessions(db: Db, limit: number): Promise<Unended[]> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select([
      'sessions.id',
      'sessions.organization_id',
      'sessions.entry_id',
      'sessions.entry_name',
      'sessions.identity_id',
      'sessions.account_id',
      'accounts.username',
    ])
    .where('sessions.ended_at', 'is', null)
    .where((where) =>
      where.or([
        where('sessions.node_id', 'is', null),
        where.not(
          where.exists(where.selectFrom('nodes').select('nodes.id').whereRef('nodes.id', '=', 'sessions.node_id')),
        ),
      ]),
    )
    .orderBy('sessions.id')
    .limit(limit)
    .execute();
  return rows.map(({ account_id: id, username, ...row }) => ({ ...row, account: { id, username } }));
}

/** Marks unended sessions as failed. */
export async function failUnended(trx: Trx, ids: readonly number[], at: string): Promise<void> {
  await trx.updateTable('sessions').set({ status: 'failed', ended_at: at }).where('id', 'in', ids).execute();
}

function namedSessions(db: Db) {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('sessions')
    .select('accounts.username');
}

/** Regardless of who may see it. */
export function findSession(db: Db, id: number): Promise<NamedSession | undefined> {
  return namedSessions(db).where('sessions.id', '=', id).executeTakeFirst();
}

/** Newest first. */
export function listSessions(
  db: Db,
  { accountId, live, limit }: { accountId: number; live: boolean | undefined; limit: number },
): Promise<NamedSession[]> {
  return namedSessions(db)
    .where('sessions.account_id', '=', accountId)
    .$if(live !== undefined, (query) => query.where('sessions.ended_at', live === true ? 'is' : 'is not', null))
    .orderBy('sessions.id', 'desc')
    .limit(limit)
    .execute();
}

/** The live sessions on the servers of an organization or with its identities, newest first. */
export function listLiveSessionsOf(db: Db, organizationId: number, limit: number): Promise<NamedSession[]> {
  return namedSessions(db)
    .where('sessions.ended_at', 'is', null)
    .where((where) =>
      where.or([
        where('sessions.organization_id', '=', organizationId),
        where('sessions.identity_id', 'in', (query) =>
          query.selectFrom('identities').select('id').where('organization_id', '=', organizationId),
        ),
      ]),
    )
    .orderBy('sessions.id', 'desc')
    .limit(limit)
    .execute();
}

/** A row as the API shows it. */
export function toSession(row: NamedSession): Session {
  return {
    id: row.id,
    accountId: row.account_id,
    username: row.username,
    organizationId: row.organization_id,
    entryId: row.entry_id,
    entryName: row.entry_name,
    identityId: row.identity_id,
    type: row.type,
    status: row.status,
    reason: row.reason,
    steps: stepsSchema.parse(JSON.parse(row.steps)),
    exitCode: row.exit_code,
    exitSignal: row.exit_signal,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
