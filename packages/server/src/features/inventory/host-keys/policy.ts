import type { Db } from '../../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../../kernel/owner.ts';
import { may, type Rights } from '../../../kernel/rights.ts';
import { parseConfig } from '../entries/config.ts';
import { policyInForce } from '../entries/inheritance.ts';
import type { PolicyInForce } from '../entries/resolved-entry.ts';
import { findInheritedDefaults, type Confirmed } from '../links/repository.ts';
import { currentBinding, type Carrying } from '../links/rebind.ts';
import type { EntryRow } from '../entries/repository.ts';

/** The host-key policy that holds for an entry now. */
export async function policyOf(db: Db, entry: EntryRow): Promise<PolicyInForce> {
  const above = await findInheritedDefaults(db, ownerOf(entry), entry.folder_id);
  return policyInForce({ ...entry, policy: parseConfig(entry.config).hostKeyPolicy }, above);
}

/** What somebody who manages an identity confirms for an entry as it is now. */
export async function confirmedNow(db: Db, entry: EntryRow): Promise<Confirmed> {
  const { stamp } = await policyOf(db, entry);
  return { binding: await currentBinding(db, entry), policyStamp: stamp };
}

/** Answers whether everybody by whose choice the policy holds manages the identities of an owner, now and with the credential he chose with. */
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
  /** Whether a key of the machine itself was pinned before. */
  readonly hadKey: boolean;
  /** Whether anything was pinned before, as an authority. */
  readonly hadPin: boolean;
}

/**
 * What the first host key that `accept-new` pins comes to for the confirmations of its entry, whoever meets it: all that was confirmed where the
 * policy was chosen by those who manage the identity, or was in force when the identity was confirmed; else the use of keys.
 */
export function carriedByPolicy({ policy, isChosenByManagers, hadKey, hadPin }: AutomaticPin): Carrying {
  return (owner, confirmedPolicy) => {
    if (!hadKey && (confirmedPolicy === policy.stamp || isChosenByManagers(owner))) return 'all';
    return hadPin ? 'nothing' : 'keys';
  };
}
