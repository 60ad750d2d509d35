import { verifyData, type DataReport } from '@gatehouse/contract/site';
import type { FastifyInstance } from 'fastify';
import type { Change } from '../../change/change.ts';
import { refuse } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { serve } from '../../kernel/http/serve.ts';
import type { SealedRows } from '../../vault/sealed-rows.ts';
import type { Vault } from '../../vault/vault.ts';
import { reportOnData, type DataVerification } from './data-report.ts';

const timeoutMs = 600_000;
/** The most problems in an answer; the command `verify` names all. */
const maxProblems = 100;

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly vault: Pick<Vault, 'open'>;
  readonly sealedRows: readonly SealedRows[];
  readonly notes: DataVerification['notes'];
}

/** Serves the verification of all data to administrators, one at a time: concurrent calls share the report. */
export function addVerification(app: FastifyInstance, dependencies: Dependencies): void {
  const { database, change, vault, sealedRows, notes } = dependencies;
  let running: Promise<DataReport> | undefined;
  const start = () =>
    reportOnData({
      db: database.read,
      open: (slot, frame) => vault.open(slot, frame),
      sealedRows,
      notes,
      maxProblems,
      signal: AbortSignal.timeout(timeoutMs),
    }).finally(() => {
      running = undefined;
    });
  serve(app, verifyData, async ({ caller }) => {
    requireAdmin(caller);
    running ??= start();
    const report = await running.catch(asTimeout);
    await recordReport(change, caller, report);
    return report;
  });
}

function asTimeout(error: unknown): never {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    throw refuse('verification_too_slow', {
      cause: error,
    });
  throw error;
}

async function recordReport(change: Change, caller: Caller, { result, secrets, audit }: DataReport): Promise<void> {
  await change(caller, ({ record }) =>
    record({
      action: 'settings.verify',
      resource: 'settings',
      resourceId: null,
      resourceName: null,
      organizationId: null,
      outcome: result === 'ok' ? 'ok' : 'failed',
      details: {
        result,
        opened: secrets.opened,
        problems: secrets.problemCount,
        entries: audit.entries,
        checkpoints: audit.checkpoints.comparison,
      },
    }),
  );
}
