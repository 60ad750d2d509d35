import type { verifyAuditLog } from '@gatehouse/contract/audit';
import type { z } from 'zod';
import type { Checkpoints } from '../../audit/checkpoints.ts';
import { verifyLog, type LogReport } from '../../audit/verify.ts';
import type { Change } from '../../change/change.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { recordVerification } from './audit-events.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly checkpoints: Pick<Checkpoints, 'make' | 'collected' | 'verifierKey'>;
}

/** Verifies the audit log on request. */
export function createVerification({ database, change, checkpoints }: Dependencies) {
  let verifying: Promise<LogReport> | undefined;
  return {
    /** For administrators; throws `forbidden`. Reads the whole log; concurrent callers share one run. */
    async verify(caller: Caller): Promise<z.input<typeof verifyAuditLog.result>> {
      requireAdmin(caller);
      verifying ??= verifyLog(database.read, checkpoints.collected()).finally(() => {
        verifying = undefined;
      });
      const report = await verifying;
      await change(caller, (unit) => recordVerification(unit, report));
      return report;
    },

    /** For administrators; throws `forbidden`. */
    async checkpoint(caller: Caller): Promise<{ note: string; verifierKey: string }> {
      requireAdmin(caller);
      return { note: await checkpoints.make(), verifierKey: checkpoints.verifierKey };
    },
  };
}
