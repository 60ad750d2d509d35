import { auditActions, type AuditAction, type DetailsOf, type ResourceOf } from '@gatehouse/contract/audit-actions';
import type { AuditOutcome } from '@gatehouse/contract/audit-names';
import { sql } from 'kysely';
import { refuse } from '../kernel/app-error.ts';
import type { CredentialType } from '../kernel/caller.ts';
import type { Db, Trx } from '../kernel/db/database.ts';
import { canonicalJson, type JsonObject } from './canonical-json.ts';
import { entryHash, genesisHash, type AuditRow } from './entry-hash.ts';
import { redactDetails, redactText } from './redact.ts';

/** The account or program that acts, and from where. */
export interface Actor {
  /** Null without a sign-in. */
  readonly accountId: number | null;
  /** The username; for an anonymous actor the one that was claimed, or empty. */
  readonly name: string;
  readonly via: CredentialType | 'system' | 'anonymous';
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/**
 * What the audit log keeps of one action that was done or refused: names, ids and versions, never the value of a secret. The table of actions in the
 * contract says what an action is about, its possible outcomes, and the details of each.
 */
export interface AuditRecord<A extends AuditAction, O extends AuditOutcome> {
  readonly action: A;
  readonly resource: ResourceOf<A, O>;
  readonly resourceId: number | null;
  readonly resourceName: string | null;
  /** Null for personal things, whose entries only the actor sees. */
  readonly organizationId: number | null;
  /** `started` for an action whose end is an entry of its own. */
  readonly outcome: O;
  readonly details: DetailsOf<A, O>;
}

/** An event with its actor. */
export interface AuditEvent<A extends AuditAction, O extends AuditOutcome> extends AuditRecord<A, O> {
  readonly actor: Actor;
}

const maxNameLength = 255;
const maxAddressLength = 64;
const maxUserAgentLength = 512;

/**
 * Adds an entry to the chain in the transaction of the recorded change, so that both are committed or neither; resolves to its number. `now` is when
 * it happened, ISO 8601 in UTC. Throws `unavailable` if the log cannot be written: the transaction must then fail.
 */
export async function record<A extends AuditAction, O extends AuditOutcome>(
  trx: Trx,
  event: AuditEvent<A, O>,
  now: string,
): Promise<number> {
  const content = toColumns(event, now);
  try {
    const head = await findHead(trx);
    const entry = { seq: (head?.seq ?? 0) + 1, ...content, prev_hash: head?.hash ?? genesisHash };
    await insert(trx, { ...entry, hash: entryHash(entry) });
    return entry.seq;
  } catch (cause) {
    throw refuse('audit_log_unwritable', { cause });
  }
}

/** Adds entries to the chain, oldest first, with one statement for all: some hundreds at most. Throws like `record`. */
export async function recordAll<A extends AuditAction, O extends AuditOutcome>(
  trx: Trx,
  events: readonly AuditEvent<A, O>[],
  now: string,
): Promise<void> {
  if (events.length === 0) return;
  const contents = events.map((event) => toColumns(event, now));
  try {
    let { seq, hash } = (await findHead(trx)) ?? { seq: 0, hash: genesisHash };
    const rows = contents.map((content) => {
      const entry = { seq: (seq += 1), ...content, prev_hash: hash };
      hash = entryHash(entry);
      return { ...entry, hash };
    });
    await trx.insertInto('audit_log').values(rows).execute();
  } catch (cause) {
    throw refuse('audit_log_unwritable', { cause });
  }
}

/**
 * Number and hash of the newest entry; `undefined` for an empty log. There is one writer at a time, so inside a transaction it stays the newest until
 * the commit.
 */
export async function findHead(db: Db): Promise<Pick<AuditRow, 'seq' | 'hash'> | undefined> {
  const query = sql<Pick<AuditRow, 'seq' | 'hash'>>`select seq, hash from audit_log order by seq desc limit 1`;
  return (await query.execute(db)).rows[0];
}

/** Written as SQL because every change runs it, and building the statement took longer than running it. */
async function insert(trx: Trx, row: AuditRow): Promise<void> {
  await sql`
    insert into audit_log (
      seq, timestamp, account_id, actor, via, ip_address, user_agent, organization_id,
      action, resource, resource_id, resource_name, outcome, details, prev_hash, hash
    ) values (
      ${row.seq}, ${row.timestamp}, ${row.account_id}, ${row.actor}, ${row.via}, ${row.ip_address},
      ${row.user_agent}, ${row.organization_id}, ${row.action}, ${row.resource}, ${row.resource_id},
      ${row.resource_name}, ${row.outcome}, ${row.details}, ${row.prev_hash}, ${row.hash}
    )`.execute(trx);
}

function toColumns<A extends AuditAction, O extends AuditOutcome>(
  event: AuditEvent<A, O>,
  now: string,
): Omit<AuditRow, 'seq' | 'prev_hash' | 'hash'> {
  const { actor } = event;
  const details = checkedDetails(event);
  return {
    timestamp: now,
    account_id: actor.accountId,
    actor: storable(actor.name, maxNameLength),
    via: actor.via,
    ip_address: actor.ip === null ? null : storable(actor.ip, maxAddressLength),
    user_agent: actor.userAgent === null ? null : storable(actor.userAgent, maxUserAgentLength),
    organization_id: event.organizationId,
    action: event.action,
    resource: event.resource,
    resource_id: event.resourceId,
    resource_name: event.resourceName === null ? null : storable(event.resourceName, maxNameLength),
    outcome: event.outcome,
    details: canonicalJson(redactDetails(details)),
  };
}

/** The details as the contract defines them for this action. A mismatch is a bug: nothing is recorded and the change fails. */
function checkedDetails<A extends AuditAction, O extends AuditOutcome>({
  action,
  resource,
  outcome,
  details,
}: AuditEvent<A, O>): JsonObject {
  const row = auditActions[action];
  const schema = row.details[outcome];
  const isOfAction = resource === row.resource || (outcome === 'denied' && row.refusedOn?.includes(resource) === true);
  if (schema === undefined || !isOfAction) throw new TypeError(`no entry ${action} ${outcome} is about ${resource}`);
  return schema.parse(details);
}

/** Redacted, at most `maxLength` code points, and storable in both databases: PostgreSQL refuses NUL characters and lone surrogates. */
function storable(typed: string, maxLength: number): string {
  const text = redactText(typed);
  const cut =
    text.length <= maxLength
      ? text
      : Array.from(text.slice(0, 2 * maxLength))
          .slice(0, maxLength)
          .join('');
  return cut.toWellFormed().replaceAll('\0', '\uFFFD');
}
