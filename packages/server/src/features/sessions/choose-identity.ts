import { AppError, forbidden } from '../../kernel/app-error.ts';
import { ownerColumns } from '../../kernel/owner.ts';
import type { ResolvedEntry, UseDecision } from '../entries/service.ts';
import type { IdentityRef } from '../identities/service.ts';

/** Which identity logs in to a machine, and why this one. */
export interface Choice {
  readonly identity: IdentityRef;
  readonly because: 'named' | 'linked' | 'inherited';
}

/** What the caller could use on a machine, in the order of preference, as the entries feature judges it. */
export interface Candidate extends Choice {
  readonly standing: UseDecision;
}

/**
 * The first usable candidate; `undefined` where there is none to try. A candidate that was named, or that is the only one, is refused in words
 * when it may not be used here.
 */
export function chooseIdentity(entry: ResolvedEntry, candidates: readonly Candidate[]): Choice | undefined {
  const usable = candidates.find(({ standing }) => standing === 'ok');
  if (usable !== undefined) return usable;
  const [first] = candidates;
  if (first === undefined) return undefined;
  throw notUsable(entry, first);
}

/** Why an identity may not be used with an entry, in words; the attempt is recorded. */
export function notUsable(entry: ResolvedEntry, { identity, standing }: Candidate): AppError {
  const refusal = {
    action: 'identity.use',
    resource: 'identity',
    resourceId: identity.id,
    resourceName: identity.name,
    organizationId: ownerColumns(identity.owner).organization_id,
  };
  if (standing === 'suspended')
    return new AppError(
      'link_suspended',
      `"${entry.name}" is not as it was when "${identity.name}" was confirmed for it: an account that does not manage that identity changed the address, user name, jump hosts, host key or algorithms, or accepted the host key. An account that manages it must confirm the link first.`,
      { refusal },
    );
  if (standing === 'unseen-key')
    return new AppError(
      'link_suspended',
      `The host key of "${entry.name}" was accepted by a host-key policy that no account that manages "${identity.name}" chose. Compare the key, then link the identity to the server to confirm it.`,
      { refusal },
    );
  if (standing === 'no-permission')
    return forbidden('You may not log in over SSH with the identities of this organization.', refusal);
  return forbidden(`"${identity.name}" is not linked to "${entry.name}", and you do not manage it.`, refusal);
}
