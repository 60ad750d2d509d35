const firstMs = 500;
const longestMs = 15_000;

/**
 * How long to wait before the next attempt, in milliseconds: doubling, and scattered by `random` (0 to 1), so that not every browser returns
 * to a restarted server in the same moment.
 */
export function backoffMs(attempt: number, random = Math.random()): number {
  return Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random / 2);
}
