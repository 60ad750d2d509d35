import { resourceOf, type AuditAction, type DetailsOf } from '@gatehouse/contract/audit-actions';
import { record } from '../../audit/record.ts';
import { actorOf } from '../../audit/actor.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import type { OwnedQuotas } from '../../kernel/db/quotas.ts';
import type { Events } from '../../kernel/events.ts';
import { ownerColumns, sameOwner, type Owner } from '../../kernel/owner.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { managesIdentities } from './policy.ts';

/** What the parts of this feature work with. */
export interface EntryContext {
  readonly database: Database;
  readonly events: Events;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
}

/** An open transaction of a caller with his rights at this moment, and what to tell after its commit. */
export interface Edit {
  readonly trx: Trx;
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
  readonly caller: Caller;
  readonly rights: Rights;
  readonly manages: (owner: Owner) => boolean;
  /** The owners whose lists change. */
  readonly touched: Owner[];
  /** The entries whose live sessions end. */
  readonly revoked: number[];
  /** The entries for which identities may no longer be confirmed; their live sessions are authorized again. */
  readonly unconfirmed: number[];
}

/** Runs a change in one transaction and tells of it after the commit. */
export async function edit<T>(
  { database, events, rightsOf, settings, quotas }: EntryContext,
  caller: Caller,
  work: (edit: Edit) => Promise<T>,
): Promise<T> {
  const touched: Owner[] = [];
  const revoked: number[] = [];
  const unconfirmed: number[] = [];
  const result = await database.transaction(async (trx) => {
    const rights = await rightsOf(trx, caller.accountId);
    const manages = (owner: Owner) => managesIdentities(caller, rights, owner);
    return work({ trx, settings, quotas, caller, rights, manages, touched, revoked, unconfirmed });
  });
  if (touched.length > 0) events.emit({ type: 'entries', owners: touched });
  for (const entryId of revoked) events.emit({ type: 'revoked', what: { kind: 'entry', entryId } });
  if (unconfirmed.length > 0) events.emit({ type: 'confirmations', entryIds: unconfirmed });
  return result;
}

/** What can be recorded as done to entries, their host keys and folders. */
type DoneAction = Extract<AuditAction, `${'entry' | 'folder' | 'host-key'}.${string}`>;

interface Done<A extends DoneAction> {
  readonly action: A;
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  /** Whose it was before, where that can change. */
  readonly from?: Owner;
  readonly details: DetailsOf<A, 'ok'>;
}

/** Records what was done to an entry or a folder. An organization that it leaves reads of it in its own log, too. */
export async function recordDone<A extends DoneAction>(
  { trx, caller }: Edit,
  { action, id, name, ...done }: Done<A>,
): Promise<void> {
  const { owner, from = owner } = done;
  const moved = !sameOwner(from, owner);
  const organizationIdOf = (whose: Owner) => ownerColumns(whose).organization_id;
  const way = { fromOrganizationId: organizationIdOf(from), toOrganizationId: organizationIdOf(owner) };
  const details = moved ? { ...done.details, ...way } : done.details;
  for (const log of moved && from.type === 'organization' ? [from, owner] : [owner])
    await record(trx, {
      actor: actorOf(caller),
      action,
      resource: resourceOf(action),
      resourceId: id,
      resourceName: name,
      organizationId: organizationIdOf(log),
      outcome: 'ok',
      details,
    });
}
