import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** As long as the frames that a server sends together may take to arrive. */
const gatherMs = 50;

interface GatheredInvalidation {
  readonly add: (queryKeys: readonly QueryKey[]) => void;
  readonly end: () => void;
}

/** Invalidates queries a moment later and each once: when the state socket opens, several of its topics name the same list. */
export function gatherInvalidations(client: QueryClient): GatheredInvalidation {
  const gathered = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  function invalidate(): void {
    timer = undefined;
    const queryKeys = [...gathered.values()];
    gathered.clear();
    // One that another one contains is invalidated with it.
    const isContained = (one: QueryKey) =>
      queryKeys.some((other) => other.length < one.length && other.every((part, at) => part === one[at]));
    for (const queryKey of queryKeys) if (!isContained(queryKey)) void client.invalidateQueries({ queryKey });
  }
  return {
    add(queryKeys) {
      for (const queryKey of queryKeys) gathered.set(JSON.stringify(queryKey), queryKey);
      timer ??= setTimeout(invalidate, gatherMs);
    },
    end() {
      clearTimeout(timer);
    },
  };
}
