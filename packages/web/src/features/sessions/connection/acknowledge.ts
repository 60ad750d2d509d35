/** Fewer frames than bytes, yet well below the 256 KiB at which the server goes on. */
export const acknowledgeEveryBytes = 128 * 1024;

/** Counts the output that has been worked off and tells it in portions; what is below one portion never holds the server up. */
export function createAcknowledger(tell: (bytes: number) => void): (bytes: number) => void {
  let untold = 0;
  return (bytes) => {
    untold += bytes;
    if (untold < acknowledgeEveryBytes) return;
    tell(untold);
    untold = 0;
  };
}
