import type { Refusal } from '../kernel/app-error.ts';
import type { Trx } from '../kernel/db/database.ts';
import { canonicalJson } from './canonical-json.ts';
import { record, type Actor } from './record.ts';

const hidden = { hidden: true } as const;

/** What the details of an attempt on something hidden read, by which it is kept from the actor. */
export const hiddenDetails = canonicalJson(hidden);

/** Writes a refused attempt. */
export async function recordRefusal(trx: Trx, actor: Actor, refusal: Refusal): Promise<void> {
  const { action, resource, resourceId, resourceName, organizationId } = refusal;
  await record(trx, {
    actor,
    action,
    resource,
    resourceId,
    resourceName: resourceName ?? null,
    organizationId,
    outcome: 'denied',
    details: refusal.hidden === true ? hidden : {},
  });
}
