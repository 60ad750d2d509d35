import type { Caller } from './caller.ts';

/** Whether the caller's credential may change identities at all. */
export function mayChangeIdentities(caller: Caller): boolean {
  return caller.scopes === 'all' || caller.scopes.includes('identities:write');
}

/** The columns of an entry, a folder or an organization that record who chose its host-key policy, for a choice by the caller now. */
export function hostKeyChoice(caller: Caller, now: string) {
  return {
    host_key_policy_by: caller.accountId,
    host_key_policy_at: now,
    host_key_policy_limited: mayChangeIdentities(caller) ? 0 : 1,
  };
}

interface PolicyChange {
  readonly before: string | null;
  readonly policy: string | null;
  /** Whether the caller manages the identities of the owner. */
  readonly manages: boolean;
  readonly now: string;
}

/**
 * The columns of a folder or an organization after a request that names a policy. Naming the present policy again is recorded as a choice only if it
 * comes from a caller who manages the identities.
 */
export function hostKeyPolicyColumns(caller: Caller, { before, policy, manages, now }: PolicyChange) {
  return { host_key_policy: policy, ...((policy !== before || manages) && hostKeyChoice(caller, now)) };
}
