import type { Caller } from '../../kernel/caller.ts';

const maxCached = 10_000;

/** A valid token; every request checks whether it still is. */
export interface Authenticated {
  readonly caller: Omit<Caller, 'client'>;
  /** How long it may be unused, by the present settings; infinite for API keys. */
  readonly idleMs: () => number;
  /** In milliseconds since 1970. */
  lastSeenAt: number;
}

type Ends = (caller: Authenticated['caller']) => boolean;

/** Valid tokens, by hash. */
export interface TokenCache {
  get(key: string): Authenticated | undefined;
  delete(key: string): void;
  /** Call it before a look-up whose result is cached. */
  mark(): number;
  /** Caches the result, unless something was dropped since `mark`: the look-up may have been too early to see the change. */
  keep(key: string, found: Authenticated, mark: number): void;
  drop(ends: Ends): void;
}

/** Caches callers in this process; revocations remove them. */
export function createTokenCache(): TokenCache {
  const cache = new Map<string, Authenticated>();
  let drops = 0;
  return {
    get: (key) => cache.get(key),
    delete: (key) => void cache.delete(key),
    mark: () => drops,
    keep(key, found, mark) {
      if (mark !== drops) return;
      for (const oldest of cache.keys()) {
        if (cache.size < maxCached) break;
        cache.delete(oldest);
      }
      cache.set(key, found);
    },
    drop(ends) {
      drops++;
      for (const [key, { caller }] of cache) if (ends(caller)) cache.delete(key);
    },
  };
}
