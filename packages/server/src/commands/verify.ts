import { join } from 'node:path';
import type { DataReport } from '@gatehouse/contract/site';
import { noteKey } from '../audit/checkpoints.ts';
import { readNotes } from '../audit/checkpoint-file.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { reportOnData } from '../features/site/data-report.ts';
import type { Database } from '../kernel/db/database.ts';
import { requireCurrent } from '../kernel/db/migrate.ts';
import { tlsProblem } from '../kernel/db/tls-problem.ts';
import { openSqliteForReading } from '../kernel/db/sqlite.ts';
import { allSealedRows } from '../sealed-rows.ts';
import { checkpointFile } from '../start-check.ts';
import { holdsData } from '../vault/boot-check.ts';
import { openKek } from '../vault/kek/open.ts';
import { createVault } from '../vault/vault.ts';
import { complain, exitConfig, exitUsage, say } from './console.ts';
import { reportText } from './verify-text.ts';

/** Exit codes of `verify`: everything matches, something does not, not everything could be compared. */
const exitCodes = { ok: 0, problems: 1, incomplete: 2 } as const;

/**
 * Verifies the configured data and prints a report. Works while a server runs on them: it only reads, on connections that cannot write, and takes no
 * lock.
 */
export async function verify(args: readonly string[]): Promise<void> {
  const unknown = args.find((argument) => argument !== '--json');
  if (unknown !== undefined) {
    complain(`Unknown argument ${unknown}. Usage: verify [--json]`);
    process.exitCode = exitUsage;
    return;
  }
  try {
    const report = await verifyStored(readConfig());
    say(args.includes('--json') ? JSON.stringify(report, null, 2) : reportText(report));
    process.exitCode = exitCodes[report.result];
  } catch (error) {
    complain(`Nothing was verified. ${sentencesOf(error)}`);
    process.exitCode = error instanceof ConfigError ? exitConfig : exitCodes.incomplete;
  }
}

async function verifyStored(config: Config): Promise<DataReport> {
  await using database = await openForReading(config);
  if (!(await holdsData(database.read))) throw new Error('The database holds no data yet.');
  await requireCurrent(database.read);
  const kek = await openKek(config.encryptionKey, { dataExists: true });
  const vault = await createVault({ db: database, kek });
  return await reportOnData({
    db: database.read,
    open: (slot, frame) => vault.open(slot, frame),
    sealedRows: allSealedRows,
    notes: () => readNotes(checkpointFile(config.dataDir), noteKey(vault)),
    maxProblems: Number.POSITIVE_INFINITY,
  });
}

async function openForReading({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === undefined) return openSqliteForReading(join(dataDir, 'gatehouse.db'));
  const { openPostgresForReading } = await import('../kernel/db/postgres.ts');
  const { settleTls } = await import('../kernel/db/postgres-connection.ts');
  return openPostgresForReading(await settleTls(databaseUrl.expose((bytes) => bytes.toString('utf8'))));
}

function sentencesOf(error: unknown): string {
  const sentences: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause)
    sentences.push(tlsProblem(current) ?? current.message);
  return sentences.join(' ');
}
