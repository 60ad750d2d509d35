/** So many places where the keyboard was are remembered. */
const maxPlaces = 12;
/** Menus and dialogs are gone after their transition. */
const afterTransitionMs = 250;

/** Where the keyboard goes if every place where it was is gone: the terminal, else the heading of the page. */
const homes = ['main [data-active] .xterm-helper-textarea', 'main h1', '#content'];

const focusable = 'a[href], button, input, select, textarea, label, summary, [tabindex]';

interface FocusGuard {
  /** Looks soon whether the focus is lost: a request was answered, or another page is shown. */
  readonly check: () => void;
  /** Another page is shown: the places of the one before do not count any more. */
  readonly startPage: () => void;
  readonly end: () => void;
}

/**
 * Gives the focus back to where it was when the element that has it disappears or is disabled, as buttons do that were just clicked. Without it,
 * the keyboard starts again at the top of the page, and keys do not reach the terminal.
 */
export function guardFocus(): FocusGuard {
  const places: HTMLElement[] = [];
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** A click beside all fields takes the focus away on purpose. */
  let isReleased = true;

  const onFocusIn = ({ target }: FocusEvent): void => {
    isReleased = false;
    if (!(target instanceof HTMLElement) || target === document.body) return;
    const known = places.indexOf(target);
    if (known >= 0) places.splice(known, 1);
    places.push(target);
    if (places.length > maxPlaces) places.shift();
  };
  const onPointerDown = ({ target }: PointerEvent): void => {
    isReleased = !(target instanceof Element && target.closest(focusable) !== null);
  };
  const restore = (): void => {
    if (isReleased || (document.activeElement !== null && document.activeElement !== document.body)) return;
    const home = places.findLast(canTakeFocus) ?? homes.map(elementOf).find((element) => element !== undefined);
    home?.focus({ preventScroll: true });
  };
  const check = (): void => {
    for (const waitMs of [0, afterTransitionMs]) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        // After the frame in which the screen changes.
        requestAnimationFrame(() => requestAnimationFrame(restore));
      }, waitMs);
      timers.add(timer);
    }
  };

  const onKeyUp = (): void => {
    // Typing in a terminal changes nothing around it.
    if (!(document.activeElement?.closest('.xterm') instanceof Element)) check();
  };

  const listeners = { focusin: onFocusIn, pointerdown: onPointerDown, focusout: check, click: check, keyup: onKeyUp };
  for (const [type, listener] of Object.entries(listeners))
    document.addEventListener(type, listener as EventListener, { capture: true });
  return {
    check,
    startPage() {
      places.length = 0;
      check();
    },
    end() {
      for (const [type, listener] of Object.entries(listeners))
        document.removeEventListener(type, listener as EventListener, { capture: true });
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function canTakeFocus(element: HTMLElement): boolean {
  if (!element.isConnected || element.matches(':disabled, [tabindex="-1"]:not(main *)')) return false;
  if (element.closest('[inert], [aria-hidden="true"], [role="menu"]') !== null) return false;
  return element.checkVisibility();
}

function elementOf(selector: string): HTMLElement | undefined {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement) || element.closest('[inert]') !== null) return undefined;
  if (element.tabIndex < 0) element.tabIndex = -1;
  return element;
}
