import { lazy, Suspense, useEffect } from 'react';
import { showOverlay, useOverlay } from './overlay.ts';
import { shellShortcutOf, situationOf } from './shortcuts.ts';

const loadDialog = async () => ({ default: (await import('./palette/palette-dialog.tsx')).PaletteDialog });
const PaletteDialog = lazy(loadDialog);

/** Loaded when the first screen is idle, so that no key is lost that is pressed right after the shortcut. */
const fetchAfterMs = 1_500;

/** The command palette, and the keys that open it and the list of shortcuts. */
export function Palette() {
  const overlay = useOverlay();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = event.repeat ? undefined : shellShortcutOf(event, situationOf(event.target));
      // A field that waits for keys takes any.
      if (name === undefined || document.querySelector('[data-takes-keys]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      // One Escape would close both, and lose what is typed in the dialog below.
      if (document.querySelector('[role="dialog"]') === null) showOverlay(name);
    };
    // Before a terminal gets it and sends it to its server.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      showOverlay(undefined);
    };
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => void loadDialog(), fetchAfterMs);
    return () => clearTimeout(timer);
  }, []);
  if (overlay !== 'palette' && overlay !== 'tabs') return null;
  return (
    <Suspense>
      <PaletteDialog scope={overlay === 'tabs' ? 'tabs' : 'all'} onClose={() => showOverlay(undefined)} />
    </Suspense>
  );
}
