import { resourceOf, type AuditAction, type DetailsOf } from '@gatehouse/contract/audit-actions';
import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { OwnedQuotas } from '../../kernel/db/quotas.ts';
import { ownerColumns, sameOwner, type Owner } from '../../kernel/owner.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { managesIdentities } from './policy.ts';

/** What the parts of this feature work with. */
export interface EntryContext {
  readonly database: Database;
  readonly change: Change;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
}

/** A change of entries or folders, with what decides about every one of them. */
export interface Edit extends CallerUnitOfWork {
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
  /** What the caller may do as the change begins. */
  readonly rights: Rights;
  readonly manages: (owner: Owner) => boolean;
}

/** Makes a change of entries or folders. */
export function edit<T>(
  { change, settings, quotas }: EntryContext,
  caller: Caller,
  work: (edit: Edit) => Promise<T>,
): Promise<T> {
  return change(caller, async (unit) => {
    const rights = await unit.readRights();
    const manages = (owner: Owner) => managesIdentities(caller, rights, owner);
    return work({ ...unit, settings, quotas, rights, manages });
  });
}

/** Has the live sessions on these entries ended after the commit. */
export function endLiveSessions({ emit }: Edit, entryIds: readonly number[]): void {
  for (const entryId of entryIds) emit({ type: 'revoked', what: { kind: 'entry', entryId } });
}

/** Has the live sessions on these entries authorized again after the commit: identities may no longer be confirmed for them. */
export function recheckLiveSessions({ emit }: Edit, entryIds: readonly number[]): void {
  emit({ type: 'confirmations', entryIds });
}

/** What can be recorded as done to entries, their host keys and folders. */
type EditAction = Extract<AuditAction, `${'entry' | 'folder' | 'host-key'}.${string}`>;

interface EditRecord<A extends EditAction> {
  readonly action: A;
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  /** Whose it was before, where that can change. */
  readonly from?: Owner;
  readonly details: DetailsOf<A, 'ok'>;
}

/**
 * Records what was done to an entry or a folder, and has those told whose lists it changes. An organization that it leaves reads of it in its own
 * log, too.
 */
export async function recordEdit<A extends EditAction>(
  { record, emit }: Edit,
  { action, id, name, ...done }: EditRecord<A>,
): Promise<void> {
  const { owner, from = owner } = done;
  const moved = !sameOwner(from, owner);
  const organizationIdOf = (whose: Owner) => ownerColumns(whose).organization_id;
  const way = { fromOrganizationId: organizationIdOf(from), toOrganizationId: organizationIdOf(owner) };
  const details = moved ? { ...done.details, ...way } : done.details;
  for (const log of moved && from.type === 'organization' ? [from, owner] : [owner])
    await record({
      action,
      resource: resourceOf(action),
      resourceId: id,
      resourceName: name,
      organizationId: organizationIdOf(log),
      outcome: 'ok',
      details,
    });
  emit({ type: 'entries', owners: [from, owner] });
}
