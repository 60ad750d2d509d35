/** Forwards a value at once, and combines those that follow within the interval into one at its end. */
export interface Throttle<T> {
  tell(what: T): void;
  /** Stops forwarding. */
  stop(): void;
}

/** Forwards each value at once, and again at most once in `intervalMs` (milliseconds). */
export function createThrottle<T>(intervalMs: number, pass: (what: T) => void): Throttle<T> {
  const waits = new Map<T, { readonly timer: NodeJS.Timeout; again: boolean }>();
  let stopped = false;
  const passNow = (what: T) => {
    const timer = setTimeout(() => {
      const again = waits.get(what)?.again === true;
      waits.delete(what);
      if (again) passNow(what);
    }, intervalMs);
    waits.set(what, { timer, again: false });
    pass(what);
  };
  return {
    tell(what) {
      if (stopped) return;
      const wait = waits.get(what);
      if (wait === undefined) passNow(what);
      else wait.again = true;
    },
    stop() {
      stopped = true;
      for (const { timer } of waits.values()) clearTimeout(timer);
      waits.clear();
    },
  };
}
