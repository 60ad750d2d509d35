import { canStore, workspace } from '../store.ts';
import { isRunning } from './close.ts';

/** Asks before the page is left, only where the browser stores nothing: otherwise a reload joins every session again. */
export function guardUnload(): void {
  window.addEventListener('beforeunload', (event) => {
    const isLost = !canStore() && workspace.get().tabs.some(({ panes }) => panes.some(isRunning));
    if (isLost) event.preventDefault();
  });
}
