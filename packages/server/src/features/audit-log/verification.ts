import type { verifyAuditLog } from '@gatehouse/contract/audit';
import type { z } from 'zod';
import { verifyChain, type ChainReport } from '../../audit/chain.ts';
import type { Checkpoints } from '../../audit/checkpoints.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { recordVerification } from './trail.ts';

interface Dependencies {
  readonly database: Database;
  readonly checkpoints: Pick<Checkpoints, 'make' | 'collected' | 'verifierKey'>;
}

/** Whether the log is the one that was written. */
export function createVerification({ database, checkpoints }: Dependencies) {
  let verifying: Promise<ChainReport> | undefined;
  return {
    /** For administrators; throws `forbidden`. Reads the whole log, once for all who ask at the same time. */
    async verify(caller: Caller): Promise<z.input<typeof verifyAuditLog.result>> {
      requireAdmin(caller);
      verifying ??= verifyChain(database.read, { checkpoints: checkpoints.collected() }).finally(() => {
        verifying = undefined;
      });
      const report = await verifying;
      await database.transaction((trx) => recordVerification(trx, caller, report));
      return report.ok
        ? { ok: true, entries: report.entries, firstBad: null, problem: null }
        : { ok: false, entries: report.entries, firstBad: report.firstBad, problem: report.problem };
    },

    /** For administrators; throws `forbidden`. */
    async checkpoint(caller: Caller): Promise<{ note: string; verifierKey: string }> {
      requireAdmin(caller);
      return { note: await checkpoints.make(), verifierKey: checkpoints.verifierKey };
    },
  };
}
