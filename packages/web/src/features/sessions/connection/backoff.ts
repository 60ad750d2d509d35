const firstMs = 500;
const longestMs = 15_000;

/**
 * The delay before the next attempt, in milliseconds: doubling, and randomized by `random` (0 to 1), so that browsers do not all reconnect to a
 * restarted server at the same moment.
 */
export function backoffMs(attempt: number, random = Math.random()): number {
  return Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (0.5 + random / 2);
}
