import { useSyncExternalStore } from 'react';

/** A value outside React that components follow. */
export interface Observable<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  /** Returns what ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Listeners hear only of values that are not the same. */
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

/** The value as it is at any time. */
export function useObservable<T>({ subscribe, get }: Pick<Observable<T>, 'get' | 'subscribe'>): T {
  return useSyncExternalStore(subscribe, get);
}

/** What follows from another value. Two results that are the same are one: take it from what does not change by itself. */
export function derived<T, R>(source: Pick<Observable<T>, 'get' | 'subscribe'>, from: (value: T) => R) {
  return { get: () => from(source.get()), subscribe: source.subscribe };
}
