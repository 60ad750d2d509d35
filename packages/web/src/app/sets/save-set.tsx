import { lazy, Suspense } from 'react';
import { useTabAction } from '../../workspace/tab-actions.ts';
import { useHasTabs } from '../../workspace/commands.ts';
import { showOverlay, useOverlay } from '../shell/overlay.ts';

/** Loaded when it is opened for the first time. */
const SaveSetDialog = lazy(async () => ({ default: (await import('./save-set-dialog.tsx')).SaveSetDialog }));

/** The dialog that saves the open tabs as a set, from every screen. */
export function SaveSet() {
  const hasTabs = useHasTabs();
  useTabAction('saveSet', hasTabs ? () => showOverlay('save-set') : undefined);
  if (useOverlay() !== 'save-set') return null;
  return (
    <Suspense>
      <SaveSetDialog onClose={() => showOverlay(undefined)} />
    </Suspense>
  );
}
