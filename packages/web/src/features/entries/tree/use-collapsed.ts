import { useLocalStorage } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';

const nothing: string[] = [];

/** The collapsed rows of the tree in this browser, and a function that collapses or expands one. */
export function useCollapsed(): readonly [ReadonlySet<string>, (key: string, collapsed: boolean) => void] {
  const [keys, setKeys] = useLocalStorage({
    key: 'gatehouse.servers.collapsed',
    defaultValue: nothing,
    getInitialValueInEffect: false,
    deserialize: parseKeys,
  });
  const collapsed = useMemo(() => new Set(keys), [keys]);
  const fold = useCallback(
    (key: string, up: boolean) => {
      setKeys((known) => {
        const others = known.filter((other) => other !== key);
        return up ? [...others, key] : others;
      });
    },
    [setKeys],
  );
  return [collapsed, fold];
}

/** Other content is ignored. */
function parseKeys(stored: string | undefined): string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : nothing;
  } catch {
    return nothing;
  }
}
