/** Fewer frames than bytes, yet well below the 256 KiB at which the server goes on. */
export const acknowledgeEveryBytes = 128 * 1024;

/** Counts the output that has been worked off and tells it in portions; what is below one portion never holds the server up. */
export function createAcknowledger(acknowledge: (bytes: number) => void): (bytes: number) => void {
  let pendingBytes = 0;
  return (bytes) => {
    pendingBytes += bytes;
    if (pendingBytes < acknowledgeEveryBytes) return;
    acknowledge(pendingBytes);
    pendingBytes = 0;
  };
}
