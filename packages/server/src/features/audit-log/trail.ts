import type { AuditFilter } from '@gatehouse/contract/audit';
import { actorOf } from '../../audit/actor.ts';
import { record } from '../../audit/record.ts';
import type { LogReport } from '../../audit/verify.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import type { Selection } from './selection.ts';

const log = { resource: 'audit', resourceId: null, resourceName: null } as const;

/** Records an export for the caller and for each organization whose whole log leaves with it, where its owner sees it. */
export async function recordExport(trx: Trx, caller: Caller, selection: Selection, filter: AuditFilter): Promise<void> {
  const organizations = selection.slices.flatMap((slice) =>
    slice.kind === 'organization' ? [slice.organizationId] : [],
  );
  for (const organizationId of organizations.length === 0 ? [null] : organizations)
    await record(trx, {
      actor: actorOf(caller),
      action: 'audit.export',
      ...log,
      organizationId,
      outcome: 'ok',
      details: { filter: { ...filter } },
    });
}

/** Records that the log was verified, and what was found. */
export async function recordVerification(
  trx: Trx,
  caller: Caller,
  { ok, entries, firstBad, checkpoints }: LogReport,
): Promise<void> {
  await record(trx, {
    actor: actorOf(caller),
    action: 'audit.verify',
    ...log,
    organizationId: null,
    outcome: ok ? 'ok' : 'failed',
    details: { entries, firstBad, checkpoints: checkpoints.comparison },
  });
}
