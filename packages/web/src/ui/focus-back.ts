import { useEffect, useState } from 'react';

/**
 * Gives the keyboard back to what opened a window when the window goes, so that nobody has to walk there again from the top of the page. For
 * windows that are in the page only as long as they are open: what the component library does by itself needs them to stay.
 */
export function useFocusBack(): void {
  const [opener] = useState(() => openerOf(document.activeElement));
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        // What comes after the window may have taken the keyboard for itself.
        if (document.activeElement === document.body && opener?.isConnected === true)
          opener.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}

/** An item of a menu is gone by then; the button that opened the menu is not. */
function openerOf(element: Element | null): HTMLElement | undefined {
  const menu = element?.closest('[role="menu"]');
  const opener = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element;
  return opener instanceof HTMLElement && opener !== document.body ? opener : undefined;
}
