import type { Caller } from '../../kernel/caller.ts';

const maxCached = 10_000;

/** A token that was found good; how long it stays so is looked at in every request. */
export interface Authenticated {
  readonly caller: Omit<Caller, 'client'>;
  /** How long it may be without a request, as the settings are now; infinite for API keys. */
  readonly idleMs: () => number;
  /** In milliseconds since 1970. */
  lastSeenAt: number;
}

type Ends = (caller: Authenticated['caller']) => boolean;

/** Tokens found good, by their hash. */
export interface TokenCache {
  get(key: string): Authenticated | undefined;
  delete(key: string): void;
  /** To be taken before a look-up whose result is kept. */
  mark(): number;
  /** Keeps what was looked up, unless something was dropped since `mark`: the look-up may have been too early to see why. */
  keep(key: string, found: Authenticated, mark: number): void;
  drop(ends: Ends): void;
}

/** Keeps the callers of this process alone; a revocation takes them out. */
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
