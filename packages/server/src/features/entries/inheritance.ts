import { hostKeyPolicySchema, type HostKeyPolicy } from '@gatehouse/contract/entry-config';
import type { InheritedIdentity } from './resolved-entry.ts';

/** A folder on the way up from an entry, or the organization at its end. */
export interface PlaceAbove {
  readonly id: number;
  readonly host_key_policy: string | null;
  readonly default_identity_id: number | null;
}

/** What an entry gets where it says nothing itself. */
export interface Above {
  /** The nearest first. Default identities of another owner are left out: what is confirmed for an entry covers its owner's alone. */
  readonly folders: readonly PlaceAbove[];
  readonly organization: PlaceAbove | undefined;
}

/** The host-key policy in force: the entry's own, else the nearest folder's, else the organization's, else `ask`. */
export function effectivePolicy(own: HostKeyPolicy | undefined, { folders, organization }: Above): HostKeyPolicy {
  const above = organization === undefined ? folders : [...folders, organization];
  const inherited = above.find(({ host_key_policy }) => host_key_policy !== null)?.host_key_policy;
  return own ?? hostKeyPolicySchema.optional().parse(inherited ?? undefined) ?? 'ask';
}

/** The default identity of the nearest folder that has one, else of the organization. */
export function inheritedIdentity({ folders, organization }: Above): Omit<InheritedIdentity, 'suspended'> | undefined {
  for (const { id, default_identity_id } of folders)
    if (default_identity_id !== null) return { identityId: default_identity_id, from: 'folder', id };
  if (organization === undefined || organization.default_identity_id === null) return undefined;
  return { identityId: organization.default_identity_id, from: 'organization', id: organization.id };
}
