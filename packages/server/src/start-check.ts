import { join } from 'node:path';
import { noteKey } from './audit/checkpoints.ts';
import {
  compareWithCheckpoint,
  olderSentence,
  archiveCheckpoints,
  recordNothingToCompare,
  recordRestore,
  type StartComparison,
} from './audit/start-check.ts';
import type { Config } from './config.ts';
import type { Database } from './kernel/db/database.ts';
import type { Logger } from './kernel/logger.ts';
import { allSealedRows } from './sealed-rows.ts';
import { checkKeys, holdsData } from './vault/boot-check.ts';
import { openKek } from './vault/kek/open.ts';
import { createVault, type Vault } from './vault/vault.ts';
import { verifyNewestSecrets, type VaultReport } from './vault/verify.ts';

/** How many secrets each start verifies: those that the newest entries of the audit log recorded. */
export const startSample = { rows: 25, entries: 2_000 };

/** The result of the checks at the start. */
export interface StartChecks {
  /** Undefined at the first start. */
  readonly checkpoint: StartComparison | undefined;
  readonly secrets: VaultReport;
}

interface Options {
  readonly config: Pick<Config, 'encryptionKey' | 'dataDir' | 'acceptRestoredData'>;
  readonly database: Database;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** The file with the checkpoints of the audit log. */
export function checkpointFile(dataDir: string): string {
  return join(dataDir, 'audit-checkpoints.log');
}

/**
 * Opens the vault and migrates the database, if keys and newest checkpoint fit it; otherwise throws before anything is written. Then verifies a
 * sample of the secrets; problems with these are logged and do not stop the start.
 */
export async function openVault({
  config,
  database,
  logger,
  now,
}: Options): Promise<{ vault: Vault; checks: StartChecks }> {
  const file = checkpointFile(config.dataDir);
  const dataExists = await holdsData(database.read);
  const kek = await openKek(config.encryptionKey, { dataExists });
  await checkKeys(database.read, kek);
  const existing = dataExists ? await createVault({ db: database, kek }) : undefined;
  const checkpoint = existing && (await compareWithCheckpoint(database.read, file, noteKey(existing)));
  if (checkpoint?.kind === 'older' && config.acceptRestoredData !== checkpoint.code)
    throw new Error(olderSentence(checkpoint, file));
  await database.migrate();
  const vault = existing ?? (await createVault({ db: database, kek }));
  if (checkpoint !== undefined) await settle({ database, logger, file, checkpoint, now });
  const verification = { db: database.read, open: vault.open.bind(vault), sealedRows: allSealedRows };
  const secrets = await verifyNewestSecrets(verification, startSample);
  for (const problem of secrets.problems)
    logger.error({ ...problem }, 'a stored secret is not what was written last; the command verify tells more');
  return { vault, checks: { checkpoint, secrets } };
}

interface Settling {
  readonly database: Database;
  readonly logger: Logger;
  readonly file: string;
  readonly checkpoint: StartComparison;
  readonly now: () => Date;
}

async function settle({ database, logger, file, checkpoint, now }: Settling): Promise<void> {
  if (checkpoint.forged > 0)
    logger.error(
      { file, notes: checkpoint.forged },
      'the checkpoint file holds notes that this installation did not sign: it was changed, or is the file of another installation',
    );
  if (checkpoint.kind === 'older') {
    await database.transaction((trx) => recordRestore(trx, checkpoint, now().toISOString()));
    const aside = await archiveCheckpoints(file, checkpoint.code);
    logger.warn(
      { aside },
      'an older database was accepted; the checkpoints of the data that was given up are kept aside',
    );
  }
  if (checkpoint.kind === 'nothing' && checkpoint.head.size > 0) {
    await database.transaction((trx) => recordNothingToCompare(trx, checkpoint, now().toISOString()));
    logger.warn(
      { file, entries: checkpoint.head.size },
      'there is no checkpoint to compare the database with, so whether it is the newest cannot be told; expected of a new node and after a restore',
    );
  }
}
