import type { Trx } from '../../../kernel/db/database.ts';
import type { Owner } from '../../../kernel/owner.ts';
import { sees, type Rights } from '../../../kernel/rights.ts';
import { activeMembers, deleteLinks, linksOf } from './repository.ts';
import { currentBindings } from './rebind.ts';
import { findEntries, setConfirmed, setOwner } from '../entries/repository.ts';

/** Entries that move, with or without a new owner. */
export interface Transfer {
  readonly trx: Trx;
  readonly rights: Rights;
  readonly manages: (owner: Owner) => boolean;
  readonly entryIds: readonly number[];
  readonly owner: Owner;
}

/** Moves entries to another owner; deletes links that no account there could use. */
export async function transferEntries(transfer: Transfer): Promise<void> {
  const { trx, entryIds, owner } = transfer;
  await setOwner(trx, entryIds, owner);
  await deleteUnusableLinks(transfer);
  await confirmInherited(transfer);
}

/**
 * Entries inherit from their folder. If the caller does not manage the owner's identities, moved entries inherit none until a manager confirms them.
 */
export async function clearInheritedConfirmation({ trx, manages, entryIds, owner }: Transfer): Promise<void> {
  if (!manages(owner)) await setConfirmed(trx, entryIds, { binding: null, policyStamp: null });
}

async function deleteUnusableLinks({ trx, rights, entryIds, owner }: Transfer): Promise<void> {
  const members = new Set(owner.type === 'organization' ? await activeMembers(trx, owner.id) : [owner.id]);
  const unusable = (await linksOf(trx, entryIds)).filter(
    ({ identity }) =>
      !sees(rights, identity.owner) && !(identity.owner.type === 'account' && members.has(identity.owner.id)),
  );
  for (const [entryId, links] of Map.groupBy(unusable, (link) => link.entryId))
    await deleteLinks(
      trx,
      entryId,
      links.map(({ identity }) => identity.id),
    );
}

async function confirmInherited({ trx, manages, entryIds, owner }: Transfer): Promise<void> {
  if (!manages(owner)) {
    await setConfirmed(trx, entryIds, { binding: null, policyStamp: null });
    return;
  }
  const bindings = await currentBindings(trx, await findEntries(trx, entryIds));
  for (const [binding, entries] of Map.groupBy(bindings, ([, text]) => text))
    await setConfirmed(
      trx,
      entries.map(([id]) => id),
      // The host-key policy there was not checked for each of them.
      { binding, policyStamp: null },
    );
}
