import { renamedFor } from '@gatehouse/contract/audit-names';
import { sql, type ExpressionBuilder, type Selectable, type SqlBool } from 'kysely';
import { hiddenDetails } from '../../audit/refusal.ts';
import type { Db } from '../../kernel/db/database.ts';
import type { Schema } from '../../kernel/db/schema.ts';
import type { Conditions, Partition } from './selection.ts';

/** A stored entry of the audit log. */
export type AuditRow = Selectable<Schema['audit_log']>;

/** Sequence numbers, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** By `seq`, the position in the log. */
export type Order = 'newest-first' | 'oldest-first';

interface Narrowed {
  readonly slice: Partition;
  readonly conditions: Conditions;
  readonly range: Range;
}

/** The sequence number of the newest entry; 0 for an empty log. */
export async function headOf(db: Db): Promise<number> {
  const head = await db.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return head?.seq ?? 0;
}

/** Entries of a partition in order. Reads one range of an index, and the table if a condition needs more. */
export function readPartition(db: Db, narrowed: Narrowed, order: Order, limit: number): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_log')
    .selectAll()
    .where(matches(narrowed))
    .orderBy('seq', order === 'newest-first' ? 'desc' : 'asc')
    .limit(limit)
    .execute();
}

/** Without conditions, an organization is counted from an index alone; the actions of an account are checked row by row. */
export async function countPartition(db: Db, narrowed: Narrowed): Promise<number> {
  const { rows } = await db
    .selectFrom('audit_log')
    .select(sql<number>`count(*)`.as('rows'))
    .where(matches(narrowed))
    .executeTakeFirstOrThrow();
  return rows;
}

/** The filter values among the newest entries of a partition. */
export function valuesIn(
  db: Db,
  slice: Partition,
  newest: number,
): Promise<Pick<AuditRow, 'action' | 'resource' | 'actor'>[]> {
  const range = { from: 1, to: Number.MAX_SAFE_INTEGER };
  const columns = ['action', 'resource', 'actor'] as const;
  return db
    .selectFrom((query) =>
      query
        .selectFrom('audit_log')
        .select(columns)
        .where(matches({ slice, conditions: {}, range }))
        .orderBy('seq', 'desc')
        .limit(newest)
        .as('newest'),
    )
    .select(columns)
    .distinct()
    .execute();
}

/** The sequence numbers of the newest entries of a partition, newest first. */
export async function sequenceNumbersIn(db: Db, narrowed: Narrowed, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('audit_log')
    .select('seq')
    .where(matches(narrowed))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ seq }) => seq);
}

type Expressions = ExpressionBuilder<Schema, 'audit_log'>;

function matches({ slice, conditions, range }: Narrowed) {
  return (where: Expressions) =>
    where.and([
      ...inPartition(where, slice),
      where('seq', '>=', range.from),
      where('seq', '<=', range.to),
      ...meeting(where, conditions),
    ]);
}

function inPartition(where: Expressions, slice: Partition) {
  switch (slice.kind) {
    case 'organization':
      return [where('organization_id', '=', slice.organizationId)];
    case 'own':
      return [
        where('account_id', '=', slice.accountId),
        notHidden,
        ...(slice.outside.length === 0
          ? []
          : [where.or([where('organization_id', 'is', null), where('organization_id', 'not in', slice.outside)])]),
      ];
    case 'own-in':
      return [
        where('account_id', '=', slice.accountId),
        notHidden,
        where(organizationOrNone, '=', slice.organizationId ?? none),
      ];
    case 'unowned':
      return [where('account_id', 'is', null), where(organizationOrNone, '=', none)];
  }
}

/** Ids begin at 1. */
const none = 0;
/** Written as an expression, so that the database uses the index on the account, which has this column too, and not the one on the organization. */
const organizationOrNone = sql<number>`coalesce(organization_id, ${sql.lit(none)})`;

/** Excludes an account's attempts on hidden things: the account must not learn that they are recorded. */
const notHidden = sql<SqlBool>`(outcome <> 'denied' or details <> ${sql.lit(hiddenDetails)})`;

function meeting(where: Expressions, { action, resource, actor, outcome, from, to }: Conditions) {
  return [
    ...(action === undefined ? [] : [meetsAction(where, action)]),
    ...(resource === undefined ? [] : [where('resource', '=', resource)]),
    ...(actor === undefined ? [] : [where(sql<string>`lower(actor)`, '=', actor)]),
    ...(outcome === undefined ? [] : [where('outcome', '=', outcome)]),
    ...(from === undefined ? [] : [where('timestamp', '>=', from)]),
    ...(to === undefined ? [] : [where('timestamp', '<=', to)]),
  ];
}

/** Actions are lower-case, so SQLite's case-insensitive LIKE and PostgreSQL's case-sensitive one agree. */
function meetsAction(where: Expressions, action: string) {
  // Entries keep the action name with which they were recorded; a filter for one name also finds the other.
  const renamed = renamedFor(action);
  if (!action.includes('*')) return where('action', 'in', [action, ...renamed]);
  const pattern = action.replace(/[\\%_]/g, '\\$&').replace('*', '%');
  const isLike = sql<boolean>`action like ${pattern} escape '\\'`;
  return renamed.length === 0 ? isLike : where.or([isLike, where('action', 'in', renamed)]);
}
