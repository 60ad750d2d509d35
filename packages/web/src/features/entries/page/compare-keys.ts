import type { HostKeyFacts } from '@gatehouse/contract/problem';

/**
 * `revoked`: a key is offered that is never accepted here. `same`: nothing offered is unknown. `new`: there is more, and what is pinned is still
 * offered. `changed`: a pinned key is no longer offered.
 */
export type Comparison = 'revoked' | 'same' | 'new' | 'changed';

interface KeysToCompare {
  readonly pinned: readonly HostKeyFacts[];
  readonly offered: readonly HostKeyFacts[];
  readonly revoked: readonly HostKeyFacts[];
}

/** Compares the keys that a server offers with the pinned and the revoked ones. */
export function compareKeys({ pinned, offered, revoked }: KeysToCompare): Comparison {
  const has = (keys: readonly HostKeyFacts[], wanted: HostKeyFacts) =>
    keys.some(({ publicKey }) => publicKey === wanted.publicKey);
  if (offered.some((key) => has(revoked, key))) return 'revoked';
  if (offered.every((key) => has(pinned, key))) return 'same';
  return pinned.every((key) => has(offered, key)) ? 'new' : 'changed';
}
