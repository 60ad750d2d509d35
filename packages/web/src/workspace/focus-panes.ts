import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { activeOpenPaneOf } from './actions.ts';
import { workspace } from './store.ts';

/** A menu that closes is gone by then, also on a busy machine. */
const maxFrames = 60;

/** Gives the focus to the active pane of a tab, if the element that had it is gone, or `button` has it. */
export function focusPanes(tabId: string | undefined, button?: HTMLElement | null): void {
  let frames = 0;
  const attempt = (): void => {
    const tab = workspace.get().tabs.find(({ id }) => id === tabId);
    const { activeElement } = document;
    if (activeElement?.closest('[role="menu"]') && frames++ < maxFrames) requestAnimationFrame(attempt);
    else if (tab !== undefined && (activeElement === document.body || activeElement === button))
      activeOpenPaneOf(tab)?.runtime.focus();
  };
  requestAnimationFrame(attempt);
}

/**
 * Where the focus goes when a menu of the strip has closed: to the pane, if a pointer opened the menu, because the person was in the pane before;
 * with the keyboard they were at the button.
 */
export function useFocusAfterMenu(tabId: string) {
  const button = useRef<HTMLButtonElement>(null);
  const isByPointer = useRef(false);
  return {
    button: {
      ref: button,
      onPointerDown: (_: PointerEvent) => {
        isByPointer.current = true;
      },
      onKeyDown: (_: KeyboardEvent) => {
        isByPointer.current = false;
      },
    },
    onClosed: () => {
      focusPanes(tabId, isByPointer.current ? button.current : undefined);
    },
  };
}
