import { useSyncExternalStore } from 'react';

/** What lies over every screen: the command palette or the list of shortcuts. */
export type Overlay = 'palette' | 'help';

const listeners = new Set<() => void>();
let shown: Overlay | undefined;

/** Shows one of them, or none. */
export function showOverlay(overlay: Overlay | undefined): void {
  if (shown === overlay) return;
  shown = overlay;
  for (const listener of listeners) listener();
}

/** The one that shows. */
export function useOverlay(): Overlay | undefined {
  return useSyncExternalStore(subscribe, () => shown);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
