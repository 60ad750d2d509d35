import { forbidden, notFound, refuse } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { ownerOf } from '../../../kernel/owner.ts';
import { sees } from '../../../kernel/rights.ts';
import { bindingTag } from '../../../access/binding.ts';
import { edit, recordEdit, type EntryContext } from '../edit.ts';
import { confirmLink, findIdentities } from './repository.ts';
import { refusalOf, visible } from '../policy.ts';
import { findEntry, setConfirmed } from '../entries/repository.ts';
import { resolveEntry } from '../entries/resolve.ts';

/** Which identity is confirmed for which entry. */
export interface Confirmation {
  readonly entryId: number;
  /** Linked to the entry, or inherited by it. */
  readonly identityId: number;
  /** The tag of the binding that the caller has seen. */
  readonly binding: string | undefined;
}

/** Confirms an identity for the present state of an entry; only for a manager of the identity. */
export function confirm(
  context: EntryContext,
  caller: Caller,
  { entryId, identityId, binding }: Confirmation,
): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights, manages } = open;
    const attempt = { rights, action: 'entry.confirm' } as const;
    const entry = visible(await findEntry(trx, entryId), attempt);
    const resolved = await resolveEntry({ db: trx, caller, rights }, entryId);
    const [identity] = await findIdentities(trx, [identityId]);
    const linked = resolved.links.some((link) => link.identityId === identityId);
    const inherited = resolved.inherited?.identityId === identityId;
    if (identity === undefined || !sees(rights, identity.owner) || !(linked || inherited))
      throw notFound(refusalOf(entry, attempt));
    if (!manages(identity.owner)) throw forbidden('link_confirmation_denied', refusalOf(entry, attempt));
    if (binding !== undefined && binding !== bindingTag(resolved.binding, resolved.hostKeyPolicy.stamp))
      throw refuse('server_changed_again');
    const now = { binding: resolved.binding, policyStamp: resolved.hostKeyPolicy.stamp };
    if (linked) await confirmLink(trx, { entryId, identityId }, now);
    if (inherited) await setConfirmed(trx, [entryId], now);
    const owner = ownerOf(entry);
    await recordEdit(open, { action: 'entry.confirm', id: entryId, name: entry.name, owner, details: { identityId } });
  });
}
