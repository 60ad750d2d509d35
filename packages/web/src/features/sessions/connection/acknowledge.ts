/** Large enough for few frames, yet well below the 256 KiB of unacknowledged output at which the server pauses. */
export const acknowledgeEveryBytes = 128 * 1024;

/** Counts processed output and acknowledges it in portions; less than one portion never makes the server pause. */
export function createAcknowledger(acknowledge: (bytes: number) => void): (bytes: number) => void {
  let pendingBytes = 0;
  return (bytes) => {
    pendingBytes += bytes;
    if (pendingBytes < acknowledgeEveryBytes) return;
    acknowledge(pendingBytes);
    pendingBytes = 0;
  };
}
