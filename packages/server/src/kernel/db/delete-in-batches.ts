import type { Database, Trx } from './database.ts';

/** Small, so that no other writer waits long. */
const rowsPerTransaction = 500;

/** Deletes rows in one transaction after the other, until there are no more of them or the signal is aborted. `deleteSome` resolves to how many it deleted. */
export async function deleteInBatches(
  database: Database,
  signal: AbortSignal,
  deleteSome: (trx: Trx, atMost: number) => Promise<number>,
): Promise<void> {
  let deleted: number;
  do {
    signal.throwIfAborted();
    deleted = await database.transaction((trx) => deleteSome(trx, rowsPerTransaction));
  } while (deleted === rowsPerTransaction);
}
