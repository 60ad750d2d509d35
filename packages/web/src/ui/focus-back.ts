import { useEffect, useState } from 'react';

/**
 * Returns the focus to the element that opened a dialog when the dialog closes. For dialogs that are rendered only while they are open: the
 * component library does this only for dialogs that stay rendered.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => openerOf(document.activeElement));
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        // The screen behind the dialog may have moved the focus itself.
        if (document.activeElement === document.body && opener?.isConnected === true)
          opener.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}

/** A menu item does not exist any more by then; the button that opened the menu does. */
function openerOf(element: Element | null): HTMLElement | undefined {
  const menu = element?.closest('[role="menu"]');
  const opener = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element;
  return opener instanceof HTMLElement && opener !== document.body ? opener : undefined;
}
