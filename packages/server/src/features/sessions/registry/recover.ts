import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import { systemActor } from '../../../audit/actor.ts';
import type { AuditEvent } from '../../../audit/record.ts';
import type { Change } from '../../../change/change.ts';
import { failUnended, orphanedSessions, type Unended } from './repository.ts';

/** How many ends are recorded in one transaction, so that each is short. */
const batchSize = 500;

/** Marks sessions of lost processes as failed, and records their end. */
export async function recoverSessions(change: Change): Promise<void> {
  let ended: number;
  do {
    ended = await change.by(systemActor, async ({ trx, now, recordAll }) => {
      const left = await orphanedSessions(trx, batchSize);
      if (left.length > 0)
        await failUnended(
          trx,
          left.map(({ id }) => id),
          now,
        );
      await recordAll(left.map(interrupted));
      return left.length;
    });
  } while (ended === batchSize);
}

/** The entry belongs to the account of the session; its actor is the server. */
function interrupted({
  id,
  account,
  organization_id,
  entry_id,
  entry_name,
  identity_id,
}: Unended): AuditEvent<'session.end', 'failed'> {
  return {
    actor: { accountId: account.id, name: account.username, via: 'system', ip: null, userAgent: null },
    action: 'session.end',
    resource: 'session',
    resourceId: id,
    resourceName: entry_name,
    organizationId: organization_id,
    outcome: 'failed',
    details: {
      entryId: entry_id,
      identityId: identity_id,
      ...codedFields('why', say('ended_by_interruption')),
      exitCode: null,
      exitSignal: null,
    },
  };
}
