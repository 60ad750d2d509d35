/** Keys that browsers keep, except in a full screen that has locked them. Escape would leave it, and editors need it: there, it has to be held. */
const lockedKeys = ['Escape', 'KeyN', 'KeyT', 'KeyW', 'PageUp', 'PageDown'] as const;

/** Keyboard Lock (https://wicg.github.io/keyboard-lock/); some browsers have it, in secure contexts. */
interface LockingNavigator {
  readonly keyboard?: {
    readonly lock?: (keys: readonly string[]) => Promise<void>;
    readonly unlock?: () => void;
  };
}

/** Shows the app in full screen, or ends that. Does nothing where the browser does not allow it. */
export function toggleFullScreen(): void {
  const change =
    document.fullscreenElement === null
      ? document.documentElement.requestFullscreen({ navigationUI: 'hide' })
      : document.exitFullscreen();
  change.catch(() => undefined);
}

/** Gets Ctrl+W, Ctrl+T and other keys of the browser while the app is in full screen; returns a function that ends it. */
export function lockKeysInFullScreen(): () => void {
  const follow = (): void => {
    const { keyboard } = navigator as LockingNavigator;
    if (document.fullscreenElement === null) keyboard?.unlock?.();
    else keyboard?.lock?.(lockedKeys).catch(() => undefined);
  };
  document.addEventListener('fullscreenchange', follow);
  return () => {
    document.removeEventListener('fullscreenchange', follow);
  };
}
