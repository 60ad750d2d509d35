import type { AuditFilter } from '@gatehouse/contract/audit';
import type { LogReport } from '../../audit/verify.ts';
import type { UnitOfWork } from '../../change/change.ts';
import type { Selection } from './selection.ts';

const log = { resource: 'audit', resourceId: null, resourceName: null } as const;

/** Records an export for the caller and for each organization whose complete log is exported, so that its owner sees it. */
export async function recordExport({ record }: UnitOfWork, selection: Selection, filter: AuditFilter): Promise<void> {
  const organizations = selection.slices.flatMap((slice) =>
    slice.kind === 'organization' ? [slice.organizationId] : [],
  );
  for (const organizationId of organizations.length === 0 ? [null] : organizations)
    await record({
      action: 'audit.export',
      ...log,
      organizationId,
      outcome: 'ok',
      details: { filter: { ...filter } },
    });
}

/** Records that the log was verified, and what was found. */
export async function recordVerification(
  { record }: UnitOfWork,
  { ok, entries, firstBad, checkpoints }: LogReport,
): Promise<void> {
  await record({
    action: 'audit.verify',
    ...log,
    organizationId: null,
    outcome: ok ? 'ok' : 'failed',
    details: { entries, firstBad, checkpoints: checkpoints.comparison },
  });
}
