/** Small, so that no other writer waits long. */
const rowsPerTransaction = 500;

/**
 * Deletes rows in one transaction after the other, until there are no more of them or the signal is aborted. `deleteSome` has a transaction of its
 * own, and resolves to how many it deleted.
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
