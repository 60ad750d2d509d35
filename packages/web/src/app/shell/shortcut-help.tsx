import { lazy, Suspense } from 'react';
import { showOverlay, useOverlay } from './overlay.ts';

/** Loaded when it is opened for the first time. */
const ShortcutDialog = lazy(async () => ({ default: (await import('./shortcut-dialog.tsx')).ShortcutDialog }));

/** The list of shortcuts, shown by `?`. */
export function ShortcutHelp() {
  if (useOverlay() !== 'help') return null;
  return (
    <Suspense>
      <ShortcutDialog onClose={() => showOverlay(undefined)} />
    </Suspense>
  );
}
