import { actorOf } from '../../audit/actor.ts';
import type { JsonObject } from '../../audit/canonical-json.ts';
import { record } from '../../audit/record.ts';
import type { Refusal } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import type { OrganizationRow } from './repository.ts';

type Named = Pick<OrganizationRow, 'id' | 'name'>;

/** An attempt on an organization, for the audit log. */
export function refusalOf({ id, name }: Named, action: string): Refusal {
  return { action, resource: 'organization', resourceId: id, resourceName: name, organizationId: id };
}

/** Records what was done to an organization, in the transaction that does it. */
export async function recordChange(
  trx: Trx,
  caller: Caller,
  { id, name }: Named,
  change: { readonly action: string; readonly details?: JsonObject },
): Promise<void> {
  await record(trx, {
    actor: actorOf(caller),
    action: change.action,
    resource: 'organization',
    resourceId: id,
    resourceName: name,
    organizationId: id,
    outcome: 'ok',
    details: change.details ?? {},
  });
}
