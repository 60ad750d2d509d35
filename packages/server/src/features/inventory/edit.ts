import { resourceOf, type AuditAction, type DetailsOf } from '@gatehouse/contract/audit-actions';
import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { OwnedQuotas } from '../../kernel/db/quotas.ts';
import { ownerColumns, sameOwner, type Owner } from '../../kernel/owner.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { managesIdentities } from './policy.ts';

/** The dependencies of the parts of this feature. */
export interface EntryContext {
  readonly database: Database;
  readonly change: Change;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
}

/** A change of entries or folders, with what authorizes it. */
export interface Edit extends CallerUnitOfWork {
  readonly settings: Settings;
  readonly quotas: OwnedQuotas;
  /** The rights of the caller at the beginning of the change. */
  readonly rights: Rights;
  readonly manages: (owner: Owner) => boolean;
}

/** Runs a change of entries or folders. */
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

/** Ends the live sessions on these entries after the commit. */
export function endLiveSessions({ emit }: Edit, entryIds: readonly number[]): void {
  for (const entryId of entryIds) emit({ type: 'revoked', what: { kind: 'entry', entryId } });
}

/** Authorizes the live sessions on these entries again after the commit: identities may no longer be confirmed for them. */
export function recheckLiveSessions({ emit }: Edit, entryIds: readonly number[]): void {
  emit({ type: 'confirmations', entryIds });
}

/** The audited actions on entries, their host keys and folders. */
type EditAction = Extract<AuditAction, `${'entry' | 'folder' | 'host-key'}.${string}`>;

interface EditRecord<A extends EditAction> {
  readonly action: A;
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  /** The previous owner, if it can change. */
  readonly from?: Owner;
  readonly details: DetailsOf<A, 'ok'>;
}

/**
 * Records an action on an entry or a folder, and emits the change of lists. An organization that loses the thing gets an entry in its own log, too.
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
