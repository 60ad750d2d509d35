import { useEffect, type RefObject } from 'react';

/** Lets nothing take the focus but the dialog that contains `inside`: neither the page nor dialogs that were open before. */
export function useInertPage(inside: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const others = [...document.body.children].filter(
      (element): element is HTMLElement =>
        element instanceof HTMLElement && !element.inert && !element.contains(inside.current),
    );
    for (const element of others) element.inert = true;
    return () => {
      for (const element of others) element.inert = false;
    };
  }, [inside]);
}
