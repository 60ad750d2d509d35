import { useSyncExternalStore } from 'react';

/** "5 minutes ago" is right for about as long. */
const tickMs = 30_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = 0;

/** The time in milliseconds, updated twice a minute, so that relative times stay right. */
export function useClock(): number {
  // Without a document, as in tests, it is read in the same way.
  return useSyncExternalStore(subscribe, read, read);
}

function read(): number {
  // Without a subscriber, the stored time was not updated.
  if (timer === undefined) nowMs = Math.trunc(Date.now() / 1000) * 1000;
  return nowMs;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}
