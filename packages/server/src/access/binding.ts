import { createHash } from 'node:crypto';
import type { EntryProtocol } from '@gatehouse/contract/entry-config';
import { z } from 'zod';
import type { IdentityType } from '@gatehouse/contract/credential-parts/part';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The destination of a credential in a login to an entry, as far as a confirmation covers it. */
export interface BoundDestination extends Address {
  readonly protocol: EntryProtocol;
  /** The jump hosts in order; null for a deleted one. */
  readonly jumps: readonly (Address | null)[];
  /** Fingerprints of the keys pinned for host and port. */
  readonly hostKeys: readonly string[];
  /** Replaces the username of the identity. */
  readonly username: string | undefined;
  readonly legacyAlgorithms: boolean;
}

/** The index of the fingerprints in the text; later parts are left out if they have the default value. */
const keysIndex = 5;

/**
 * The text that a link is confirmed for. Two entries have the same binding exactly if a credential goes to the same destination on the same route,
 * for the same username (docs/decisions/0005-identity-binding.md).
 */
export function bindingOf({
  protocol,
  host,
  port,
  jumps,
  hostKeys,
  username,
  legacyAlgorithms,
}: BoundDestination): string {
  const path = jumps.map((jump) => (jump === null ? null : [jump.host, jump.port]));
  const login = username === undefined && !legacyAlgorithms ? [] : [[username ?? null, legacyAlgorithms]];
  return JSON.stringify([1, protocol, host, port, path, [...hostKeys].sort(), ...login]);
}

/** A confirmation only for identities from which a false server could learn nothing. */
export function confirmedForKeysOnly(binding: string): string {
  return `keys-alone ${binding}`;
}

/** Whether a confirmation covers the present binding for an identity of this type. */
export function isConfirmedFor(confirmed: string | null, current: string, type: IdentityType): boolean {
  return confirmed === current || (type === 'ssh' && confirmed === confirmedForKeysOnly(current));
}

/** A short hash of a binding and of the host-key policy, for callers that want to confirm exactly what they have seen. */
export function bindingTag(binding: string, policyStamp: string): string {
  return createHash('sha256').update(binding).update(policyStamp).digest('hex').slice(0, 32);
}

/** Whether two bindings have the same destination, ignoring pinned keys. */
export function sameDestination(one: string, other: string): boolean {
  const withoutKeys = (binding: string) => JSON.stringify(partsOf(binding).toSpliced(keysIndex, 1));
  return withoutKeys(one) === withoutKeys(other);
}

/** Whether two bindings have the same address and route, ignoring username and pinned keys. */
export function sameRoute(one: string, other: string): boolean {
  const route = (binding: string) => JSON.stringify(partsOf(binding).slice(0, keysIndex));
  return route(one) === route(other);
}

function partsOf(binding: string): unknown[] {
  return z.array(z.unknown()).parse(JSON.parse(binding));
}
