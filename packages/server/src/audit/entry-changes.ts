import type { AuditAction } from '@gatehouse/contract/audit-actions';
import { currentAction } from '@gatehouse/contract/audit-names';
import { sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { Db } from '../kernel/db/database.ts';

/** A recorded change of an entry or its host keys. */
export interface EntryChange {
  readonly entryId: number;
  /** By its current name, also if it was recorded under an older one. */
  readonly action: z.output<typeof actionSchema>;
  readonly accountId: number | null;
  readonly actor: string;
  readonly at: string;
  /** The changed fields of `entry.update`: `config.ip`, `name`… */
  readonly fields: readonly string[];
}

/** The most changes since a login that are read for one entry; older ones are left out. */
const maxChanges = 200;

const actionSchema = z.enum([
  'entry.update',
  'host-key.pin',
  'host-key.remove',
  'host-key.replace',
] satisfies AuditAction[]);
const detailsSchema = z.object({ fields: z.array(z.string()).default([]) }).catch({ fields: [] });

/** The changes of these entries and their host keys after a time, latest first. */
export async function entryChanges(db: Db, entryIds: readonly number[], after: string): Promise<EntryChange[]> {
  const rows = await db
    .selectFrom('audit_log')
    .select(['resource_id', 'action', 'account_id', 'actor', 'timestamp', 'details'])
    .where('resource_id', 'in', entryIds)
    // Exactly the condition of the index: SQLite does not use the index if the values are parameters.
    .where(
      sql<SqlBool>`resource = 'entry' and action in ('entry.update', 'host-key.pin', 'host-key.replace', 'host-key.remove', 'key.pin', 'key.replace', 'key.remove')`,
    )
    .where('outcome', '=', 'ok')
    .where('timestamp', '>', after)
    .orderBy('seq', 'desc')
    .limit(maxChanges)
    .execute();
  return rows.map((row) => ({
    entryId: row.resource_id ?? 0,
    action: actionSchema.parse(currentAction(row.action)),
    accountId: row.account_id,
    actor: row.actor,
    at: row.timestamp,
    fields: detailsSchema.parse(JSON.parse(row.details)).fields,
  }));
}
