import { useSyncExternalStore } from 'react';

/** A value outside React that components subscribe to. */
export interface Observable<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  /** Returns a function that unsubscribes. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Listeners are called only for values that differ. */
export function observable<T>(initial: T): Observable<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The current value; the component renders again when it changes. */
export function useObservable<T>({ subscribe, get }: Pick<Observable<T>, 'get' | 'subscribe'>): T {
  // Tests render to text, which reads the value by the third parameter.
  return useSyncExternalStore(subscribe, get, get);
}

/** A value computed from another one. `from` must return the same object for the same value. */
export function derived<T, R>(source: Pick<Observable<T>, 'get' | 'subscribe'>, from: (value: T) => R) {
  return { get: () => from(source.get()), subscribe: source.subscribe };
}
