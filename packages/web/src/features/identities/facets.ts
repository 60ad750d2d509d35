import type { Identity, IdentityType } from '@gatehouse/contract/identities';
import { z } from 'zod';
import { foldCase } from '../../lib/fold-case.ts';
import { commentOf, conditionOf, isWeakKey } from './condition.ts';
import { oldestSecretOf } from './stored-since.ts';

const dayMs = 86_400_000;
/** An identity without a login for this long counts as unused. */
export const unusedDays = 90;
/** An identity with a secret that is older than this counts as old. */
export const oldDays = 365;

/** Repeated here: the address is parsed before any screen, and must not load the contract. */
export const kinds = ['ssh', 'both', 'password', 'password-only'] as const satisfies readonly IdentityType[];

/** The reasons why an identity needs attention. */
export const attentions = ['unused', 'old', 'weak', 'locked'] as const;

/** The filters of the list; kept in the address, so that they can be linked to and the Back button restores them. */
export const facetsSchema = z.object({
  scope: z
    .union([z.literal('mine'), z.coerce.number().int().positive()])
    .optional()
    .catch(undefined),
  only: z.enum(attentions).optional().catch(undefined),
  kind: z.enum(kinds).optional().catch(undefined),
  search: z.coerce.string().optional().catch(undefined),
});
export type Facets = z.output<typeof facetsSchema>;
export type Attention = (typeof attentions)[number];

/** The identities that match every facet, in the order of the list; `now` in milliseconds. */
export function select(identities: readonly Identity[], facets: Facets, now: number): readonly Identity[] {
  const { scope, only, kind } = facets;
  const text = foldCase(facets.search?.trim() ?? '');
  return identities.filter(
    (identity) =>
      (scope === undefined || belongsTo(identity, scope)) &&
      (only === undefined || needs[only](identity, now)) &&
      (kind === undefined || identity.type === kind) &&
      (text === '' || matches(identity, text)),
  );
}

/** The number of identities of the scope for each kind of attention. */
export function countAttention(
  identities: readonly Identity[],
  scope: Facets['scope'],
  now: number,
): Readonly<Record<Attention, number>> {
  const counts = { unused: 0, old: 0, weak: 0, locked: 0 };
  for (const identity of identities) {
    if (scope !== undefined && !belongsTo(identity, scope)) continue;
    for (const need of attentions) if (needs[need](identity, now)) counts[need]++;
  }
  return counts;
}

function belongsTo({ organizationId }: Identity, scope: 'mine' | number): boolean {
  return scope === 'mine' ? organizationId === null : organizationId === scope;
}

const needs: Readonly<Record<Attention, (identity: Identity, now: number) => boolean>> = {
  // For one that was never used, the time counts from its creation.
  unused: ({ lastUsedAt, createdAt }, now) => now - Date.parse(lastUsedAt ?? createdAt) > unusedDays * dayMs,
  old: (identity, now) => now - Date.parse(oldestSecretOf(identity)) > oldDays * dayMs,
  weak: ({ key }) => key !== null && isWeakKey(key),
  locked: (identity) => conditionOf(identity) === 'locked',
};

function matches({ name, username, key }: Identity, text: string): boolean {
  return [name, username, key?.fingerprint, key?.publicKey && commentOf(key.publicKey)]
    .filter((part) => typeof part === 'string')
    .some((part) => foldCase(part).includes(text));
}
