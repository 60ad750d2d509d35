import type { HostKeyFacts } from '@gatehouse/contract/problem';

/** `same`: nothing offered is unknown. `new`: there is more, and what is pinned is still offered. `changed`: a pinned key is gone. */
export type Comparison = 'same' | 'new' | 'changed';

/** What the keys that a server offers say beside those that are pinned. */
export function compareKeys(pinned: readonly HostKeyFacts[], offered: readonly HostKeyFacts[]): Comparison {
  const has = (keys: readonly HostKeyFacts[], wanted: HostKeyFacts) =>
    keys.some(({ publicKey }) => publicKey === wanted.publicKey);
  if (offered.every((key) => has(pinned, key))) return 'same';
  return pinned.every((key) => has(offered, key)) ? 'new' : 'changed';
}
