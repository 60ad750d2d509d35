import { hostKeyPolicySchema, type HostKeyPolicy } from '@gatehouse/contract/entry-config';
import type { InheritedIdentity } from '../../../access/resolved-entry.ts';
import type { HostKeyChoice, PolicyInForce } from './resolved-entry.ts';

/** An ancestor folder of an entry, or its organization. */
export interface Ancestor extends HostKeyChoice {
  readonly id: number;
  readonly host_key_policy: string | null;
  readonly default_identity_id: number | null;
}

/** What an entry inherits if it sets nothing itself. */
export interface InheritedDefaults {
  /** Nearest first. Default identities of another owner are left out: a confirmation for an entry covers only those of its owner. */
  readonly folders: readonly Ancestor[];
  readonly organization: Ancestor | undefined;
}

interface Level extends HostKeyChoice {
  readonly from: 'entry' | 'folder' | 'organization';
  /** Null for the entry itself: a copy of it keeps its confirmations. */
  readonly id: number | null;
  readonly policy: string | null | undefined;
}

/** The entry's own policy, else the nearest folder's, else the organization's, else `ask`. */
export function policyInForce(
  own: HostKeyChoice & { readonly policy: HostKeyPolicy | undefined },
  { folders, organization }: InheritedDefaults,
): PolicyInForce {
  const levels: Level[] = [
    { ...own, from: 'entry', id: null },
    ...folders.map((folder) => levelOf(folder, 'folder')),
    ...(organization === undefined ? [] : [levelOf(organization, 'organization')]),
  ];
  const sourceAt = levels.findIndex(({ policy }) => policy !== null && policy !== undefined);
  const source = levels[sourceAt];
  const choices = (sourceAt === -1 ? levels : levels.slice(0, sourceAt + 1)).filter(
    (level) => level === source || level.host_key_policy_at !== null,
  );
  const policy = hostKeyPolicySchema.parse(source?.policy ?? 'ask');
  return {
    policy,
    from: source?.from ?? 'default',
    fromId: source?.id ?? null,
    choices,
    stamp: JSON.stringify([
      policy,
      ...choices.map(({ from, id, host_key_policy_by, host_key_policy_at, host_key_policy_limited }) => [
        from,
        id,
        host_key_policy_by,
        host_key_policy_at,
        host_key_policy_limited,
      ]),
    ]),
  };
}

function levelOf({ host_key_policy: policy, ...place }: Ancestor, from: 'folder' | 'organization'): Level {
  return { ...place, from, policy };
}

/** The default identity of the nearest folder that has one, otherwise of the organization. */
export function inheritedIdentity({
  folders,
  organization,
}: InheritedDefaults): Omit<InheritedIdentity, 'suspended'> | undefined {
  for (const { id, default_identity_id } of folders)
    if (default_identity_id !== null) return { identityId: default_identity_id, from: 'folder', id };
  if (organization === undefined || organization.default_identity_id === null) return undefined;
  return { identityId: organization.default_identity_id, from: 'organization', id: organization.id };
}
