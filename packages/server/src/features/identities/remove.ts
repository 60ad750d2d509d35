import type { Caller } from '../../kernel/caller.ts';
import { requireMatch, type IfMatch } from '../../kernel/http/entity-tag.ts';
import { ownerOf } from '../../kernel/owner.ts';
import { factsChanges, noFacts } from './credential.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { forgetDefaultIdentity } from '../organizations/public-repository.ts';
import { requireChange, requireVisible } from './policy.ts';
import { deleteIdentity, findIdentity, membersByDefault, ownersOfReferences, secretsOf } from './repository.ts';
import { identityRecord } from './audit-events.ts';

/**
 * Deletes an identity: destroys its secrets and all references to it in one transaction. Sessions that use it end within two seconds, through the
 * event. Throws `not_found`, `forbidden`, `precondition_failed`.
 */
export function removeIdentity(
  { change, parts }: IdentityDependencies,
  caller: Caller,
  id: number,
  ifMatch: IfMatch,
): Promise<void> {
  return change(caller, async ({ trx, readRights, record, emit }) => {
    const rights = await readRights();
    const row = requireVisible(await findIdentity(trx, id), rights, 'delete');
    requireChange(row, rights, 'delete');
    requireMatch(ifMatch, row.version, 'identity_changed');
    const referring = await ownersOfReferences(trx, id);
    const members = await membersByDefault(trx, id);
    const destroyed = (await secretsOf(trx, id)).map(({ field }) => field);
    await forgetDefaultIdentity(trx, id);
    await deleteIdentity(trx, id);
    const secretVersions = Object.fromEntries(destroyed.map((field) => [field, null]));
    const details = { fields: destroyed, secretVersions, ...factsChanges(parts, row, noFacts) };
    const owner = ownerOf(row);
    await record(identityRecord({ action: 'identity.delete', outcome: 'ok', id, name: row.name, owner, details }));
    emit({ type: 'identities', owners: [owner] });
    emit({ type: 'entries', owners: referring });
    // Their organization's default identity was deleted.
    emit({ type: 'organizations', accountIds: members });
    emit({ type: 'revoked', what: { kind: 'identity', identityId: id } });
  });
}
