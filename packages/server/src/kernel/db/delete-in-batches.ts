/** Small, so that no other writer waits long. */
const rowsPerTransaction = 500;

/**
 * Deletes rows in consecutive transactions until none are left or the signal is aborted. `deleteSome` runs in each transaction, and resolves to how
 * many it deleted.
 */
export async function deleteInBatches(
  signal: AbortSignal,
  deleteSome: (atMost: number) => Promise<number>,
): Promise<void> {
  let deleted: number;
  do {
    signal.throwIfAborted();
    deleted = await deleteSome(rowsPerTransaction);
  } while (deleted === rowsPerTransaction);
}
