import { decideIdentity, identityRefused, type IdentityDecision, type IdentityRef } from './decide-identity.ts';
import type { ResolvedEntry } from './resolved-entry.ts';
import type { UsePermission } from './uses.ts';

/** Why an identity was chosen for a hop. */
export type IdentityReason = 'named' | 'linked' | 'inherited';

/** The identity that logs in to a hop, and why. */
export interface Choice {
  readonly identity: IdentityRef;
  readonly because: IdentityReason;
}

/** An identity to consider, before it is looked up. */
export interface Candidate {
  readonly id: number;
  readonly because: IdentityReason;
}

/** The identities of an entry in the order of preference: the links in their order, then the one inherited from folder or organization. */
export function candidatesOf({ links, inherited }: ResolvedEntry): readonly Candidate[] {
  return [
    ...links.map(({ identityId }) => ({ id: identityId, because: 'linked' as const })),
    ...(inherited === undefined ? [] : [{ id: inherited.identityId, because: 'inherited' as const }]),
  ];
}

/**
 * The first candidate that may be used; `undefined` without candidates. If none may be used, throws why the first may not: `forbidden` or
 * `link_suspended`.
 */
export function chooseIdentity(
  entry: ResolvedEntry,
  choices: readonly Choice[],
  permission: UsePermission,
): Choice | undefined {
  let refused: { readonly choice: Choice; readonly decision: Exclude<IdentityDecision, 'ok'> } | undefined;
  for (const choice of choices) {
    const decision = decideIdentity(entry, choice.identity, { permission, named: choice.because === 'named' });
    if (decision === 'ok') return choice;
    refused ??= { choice, decision };
  }
  if (refused === undefined) return undefined;
  throw identityRefused(entry, refused.choice.identity, { permission, decision: refused.decision });
}
