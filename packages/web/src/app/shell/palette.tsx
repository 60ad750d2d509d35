import { lazy, Suspense, useEffect } from 'react';
import { showOverlay, useOverlay } from './overlay.ts';
import { shellShortcutOf, situationOf } from './shortcuts.ts';

/** Loaded when it is opened for the first time. */
const PaletteDialog = lazy(async () => ({
  default: (await import('./palette/palette-dialog.tsx')).PaletteDialog,
}));

/** The command palette, and the keys that open it and the list of shortcuts. */
export function Palette() {
  const overlay = useOverlay();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = event.repeat ? undefined : shellShortcutOf(event, situationOf(event.target));
      if (name === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      showOverlay(name);
    };
    // Before a terminal gets it and sends it to its server.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      showOverlay(undefined);
    };
  }, []);
  if (overlay !== 'palette') return null;
  return (
    <Suspense>
      <PaletteDialog onClose={() => showOverlay(undefined)} />
    </Suspense>
  );
}
