import { setTimeout as delay } from 'node:timers/promises';

const lookAgainMs = 50;

interface Patience {
  /** For how long the number must stay the same. */
  readonly quietMs?: number;
  readonly timeoutMs?: number;
}

/** Waits until a number stays what it is, however long a busy machine takes to come there, and returns it. Throws where it never does. */
export async function settled(
  read: () => number,
  { quietMs = 1_000, timeoutMs = 60_000 }: Patience = {},
): Promise<number> {
  const deadlineMs = performance.now() + timeoutMs;
  let last = read();
  let sinceMs = performance.now();
  while (performance.now() - sinceMs < quietMs) {
    if (performance.now() > deadlineMs) throw new Error(`${last} goes on changing`);
    await delay(lookAgainMs);
    const now = read();
    if (now === last) continue;
    last = now;
    sinceMs = performance.now();
  }
  return last;
}
