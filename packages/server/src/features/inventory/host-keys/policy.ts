import type { Db } from '../../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../../kernel/owner.ts';
import { may, type Rights } from '../../../kernel/rights.ts';
import { parseConfig } from '../entries/config.ts';
import { policyInForce } from '../entries/inheritance.ts';
import type { PolicyInForce } from '../entries/resolved-entry.ts';
import { findInheritedDefaults, type Confirmed } from '../links/repository.ts';
import { currentBinding, type Carrying } from '../links/rebind.ts';
import type { EntryRow } from '../entries/repository.ts';

/** The effective host-key policy of an entry. */
export async function policyOf(db: Db, entry: EntryRow): Promise<PolicyInForce> {
  const above = await findInheritedDefaults(db, ownerOf(entry), entry.folder_id);
  return policyInForce({ ...entry, policy: parseConfig(entry.config).hostKeyPolicy }, above);
}

/** What a manager of an identity confirms for the present state of an entry. */
export async function confirmedNow(db: Db, entry: EntryRow): Promise<Confirmed> {
  const { stamp } = await policyOf(db, entry);
  return { binding: await currentBinding(db, entry), policyStamp: stamp };
}

/** Returns whether all accounts that chose the policy manage the identities of an owner, now and with the credential that they used. */
export async function chosenByManagers(
  db: Db,
  rightsOf: (db: Db, accountId: number) => Promise<Rights>,
  { choices }: PolicyInForce,
): Promise<(owner: Owner) => boolean> {
  const choosers: (Rights | undefined)[] = [];
  for (const { host_key_policy_by: by, host_key_policy_limited: limited } of choices)
    choosers.push(by === null || limited === 1 ? undefined : await rightsOf(db, by));
  return (owner) => choosers.every((rights) => rights !== undefined && may(rights, owner, 'identities.manage'));
}

interface AutomaticPin {
  readonly policy: PolicyInForce;
  readonly isChosenByManagers: (owner: Owner) => boolean;
  /** Whether a host key was pinned before. */
  readonly hadKey: boolean;
  /** Whether anything was pinned before, including an authority. */
  readonly hadPin: boolean;
}

/**
 * What the first host key that `accept-new` pins means for the confirmations of its entry, for any caller: everything stays confirmed if managers of
 * the identity chose the policy, or confirmed the identity while it applied; otherwise only the use of keys.
 */
export function carriedByPolicy({ policy, isChosenByManagers, hadKey, hadPin }: AutomaticPin): Carrying {
  return (owner, confirmedPolicy) => {
    if (!hadKey && (confirmedPolicy === policy.stamp || isChosenByManagers(owner))) return 'all';
    return hadPin ? 'nothing' : 'keys';
  };
}
