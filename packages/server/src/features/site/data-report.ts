import type { DataReport } from '@gatehouse/contract/site';
import type { StoredNote } from '../../audit/checkpoint-file.ts';
import { verifyLog } from '../../audit/verify.ts';
import { verifySecrets, type SecretVerification } from '../../vault/verify.ts';

/** The input of a data report. */
export interface DataVerification extends SecretVerification {
  /** The stored checkpoints. */
  readonly notes: () => AsyncIterable<StoredNote>;
  /** The most problems with secrets in the report. */
  readonly maxProblems: number;
}

/** Verifies every sealed row and the audit log. Only reads, takes no lock, and yields to other work. If aborted, rejects with the signal's reason. */
export async function reportOnData({ notes, maxProblems, ...verification }: DataVerification): Promise<DataReport> {
  const { opened, problems } = await verifySecrets(verification);
  const audit = await verifyLog(verification.db, notes(), verification.signal);
  const isOnlyUncompared = audit.checkpoints.comparison === 'none' && audit.firstBad === null;
  return {
    result: problems.length > 0 || !(audit.ok || isOnlyUncompared) ? 'problems' : audit.ok ? 'ok' : 'incomplete',
    secrets: {
      opened,
      problems: problems.slice(0, maxProblems).map(({ rowId, ...problem }) => ({ ...problem, rowId: String(rowId) })),
      problemCount: problems.length,
    },
    audit,
  };
}
