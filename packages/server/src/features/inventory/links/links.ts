import { say } from '@gatehouse/contract/messages/message';
import { foreignIdentity, invalid } from '../../../kernel/app-error.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import type { Owner } from '../../../kernel/owner.ts';
import { sees, type Rights } from '../../../kernel/rights.ts';
import { deleteLinks, findIdentities, insertLink, linksOf, moveLink, type Confirmed } from './repository.ts';

interface Linking {
  readonly rights: Rights;
  readonly manages: (owner: Owner) => boolean;
  readonly entryId: number;
  /** The present state for which a link of the entry is confirmed. */
  readonly now: Confirmed;
}

/**
 * Replaces the links that the caller can use by these, in this order, and keeps the others after them. An existing link keeps its confirmation or
 * suspension; a new one is confirmed if the caller manages the identity.
 */
export async function replaceLinks(trx: Trx, linking: Linking, wanted: readonly number[]): Promise<void> {
  const { rights, manages, entryId, now } = linking;
  const identityIds = [...new Set(wanted)];
  const identities = new Map((await findIdentities(trx, identityIds)).map((identity) => [identity.id, identity]));
  const present = await linksOf(trx, [entryId]);
  const usable = new Set(present.flatMap(({ identity }) => (sees(rights, identity.owner) ? [identity.id] : [])));
  await deleteLinks(
    trx,
    entryId,
    [...usable].filter((id) => !identityIds.includes(id)),
  );
  for (const [position, identityId] of identityIds.entries()) {
    const identity = identities.get(identityId);
    if (identity === undefined || !sees(rights, identity.owner))
      throw invalid(
        'identities',
        say('identity_id_not_usable', { id: identityId }),
        identity && foreignIdentity(identityId, identity.owner),
      );
    if (usable.has(identityId)) await moveLink(trx, entryId, identityId, position);
    else {
      const { binding, policyStamp } = manages(identity.owner) ? now : { binding: null, policyStamp: null };
      await insertLink(trx, { entryId, identityId, position, binding, confirmedPolicy: policyStamp });
    }
  }
  const foreign = present.filter(({ identity }) => !usable.has(identity.id));
  for (const [offset, { identity }] of foreign.entries())
    await moveLink(trx, entryId, identity.id, identityIds.length + offset);
}
