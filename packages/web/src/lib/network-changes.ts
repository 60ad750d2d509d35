/** What may have happened to the network: it may be there again, or gone. */
export type NetworkChange = 'back' | 'gone';

type Listener = (change: NetworkChange) => void;

const listeners = new Set<Listener>();
let unwatch: () => void = () => undefined;

/**
 * Calls back when the browser reports that the network, the page or the machine is back or gone, or when a connection was made again. Returns a
 * function that ends this. The reports are hints: a page that is told `online` may still reach nothing.
 */
export function onNetworkChange(listener: Listener): () => void {
  if (listeners.size === 0) unwatch = watch();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) unwatch();
  };
}

/** Reports that the server can be reached again, so that nothing else waits for its next attempt. */
export function reportNetworkBack(): void {
  tell('back');
}

function tell(change: NetworkChange): void {
  for (const listener of [...listeners]) listener(change);
}

function watch(): () => void {
  const removal = new AbortController();
  const on = (target: EventTarget | undefined, name: string, listener: EventListener) => {
    target?.addEventListener(name, listener, { signal: removal.signal });
  };
  const back = () => {
    tell('back');
  };
  const backIfVisible = () => {
    if (document.visibilityState === 'visible') back();
  };
  // Hooks are tested without a document.
  const page = typeof window === 'undefined' ? undefined : window;
  const content = typeof document === 'undefined' ? undefined : document;
  on(page, 'online', back);
  on(page, 'offline', () => {
    tell('gone');
  });
  // Also from the back/forward cache, whose sockets are closed.
  on(page, 'pageshow', back);
  on(content, 'visibilitychange', backIfVisible);
  // After `freeze` (Page Lifecycle).
  on(content, 'resume', back);
  return () => {
    removal.abort();
  };
}
