import { record } from '../../audit/record.ts';
import type { Caller } from '../../kernel/caller.ts';
import { ownerOf } from '../../kernel/owner.ts';
import { keyChange } from './credential.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { requireMatch, type IfMatch } from './entity-tag.ts';
import { requireManage, requireVisible } from './policy.ts';
import { deleteIdentity, findIdentity, membersByDefault, ownersOfReferences, secretsOf } from './repository.ts';
import { identityEvent } from './trail.ts';

/**
 * Deletes an identity for good: its secrets are destroyed and every reference to it goes in the same transaction. Sessions that were opened
 * with it end within two seconds, by the event. Throws `not_found`, `forbidden`, `precondition_failed`.
 */
export async function removeIdentity(
  { database, rightsOf, events }: IdentityDependencies,
  caller: Caller,
  id: number,
  ifMatch: IfMatch,
): Promise<void> {
  const { owner, referring, members } = await database.transaction(async (trx) => {
    const rights = await rightsOf(trx, caller.accountId);
    const row = requireVisible(await findIdentity(trx, id), rights, 'delete');
    requireManage(row, rights, 'delete');
    requireMatch(ifMatch, row.version);
    const referring = await ownersOfReferences(trx, id);
    const members = await membersByDefault(trx, id);
    const destroyed = (await secretsOf(trx, id)).map(({ field }) => field);
    await deleteIdentity(trx, id);
    const secretVersions = Object.fromEntries(destroyed.map((field) => [field, null]));
    const details = { fields: destroyed, secretVersions, ...keyChange(row.key_facts, null) };
    const owner = ownerOf(row);
    await record(
      trx,
      identityEvent(caller, { action: 'identity.delete', outcome: 'ok', id, name: row.name, owner, details }),
    );
    return { owner, referring, members };
  });
  events.emit({ type: 'identities', owners: [owner] });
  if (referring.length > 0) events.emit({ type: 'entries', owners: referring });
  // Their organization has no default identity any more.
  if (members.length > 0) events.emit({ type: 'organizations', accountIds: members });
  events.emit({ type: 'revoked', what: { kind: 'identity', identityId: id } });
}
