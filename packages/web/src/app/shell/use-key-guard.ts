import { useEffect, useState, type RefObject } from 'react';

/** Keys that work a dialog; others reach only the field that has the focus, so that no shortcut of the page acts. */
const keysOfDialogs: ReadonlySet<string> = new Set(['Tab', 'Enter', ' ']);
const keysWithoutText: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Tab',
]);

/**
 * Lets no key reach anything but the fields and buttons of a dialog: what a person types while it appears was meant for the page below it. Returns
 * whether a key was pressed that went nowhere.
 */
export function useKeyGuard(dialog: RefObject<HTMLElement | null>): boolean {
  const [wereIgnored, setWereIgnored] = useState(false);
  useEffect(() => {
    const isForDialog = ({ target }: Event) => target instanceof Node && dialog.current?.contains(target) === true;
    const onKey = (event: KeyboardEvent) => {
      if (isForDialog(event)) {
        if (!keysOfDialogs.has(event.key)) event.stopImmediatePropagation();
        return;
      }
      if (event.key === 'Tab') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.type === 'keydown' && !keysWithoutText.has(event.key)) setWereIgnored(true);
    };
    const names = ['keydown', 'keypress', 'keyup'] as const;
    for (const name of names) window.addEventListener(name, onKey, { capture: true });
    return () => {
      for (const name of names) window.removeEventListener(name, onKey, { capture: true });
    };
  }, [dialog]);
  return wereIgnored;
}
