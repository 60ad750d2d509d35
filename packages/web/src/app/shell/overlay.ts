import { useSyncExternalStore } from 'react';

/** An overlay of every screen: the command palette, or of it only the open tabs, the list of shortcuts, the question before signing out, or the form that saves a set of tabs. */
export type Overlay = 'palette' | 'tabs' | 'help' | 'sign-out' | 'save-set';

const listeners = new Set<() => void>();
let shown: Overlay | undefined;

/** Shows an overlay, or hides it. */
export function showOverlay(overlay: Overlay | undefined): void {
  if (shown === overlay) return;
  shown = overlay;
  for (const listener of listeners) listener();
}

/** The overlay that is shown. */
export function useOverlay(): Overlay | undefined {
  return useSyncExternalStore(subscribe, () => shown);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
