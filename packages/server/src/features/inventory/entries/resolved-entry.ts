import type { HostKeyPolicy } from '@gatehouse/contract/entry-config';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';

/** Who last decided which host-key policy holds somewhere. */
export interface HostKeyChoice {
  readonly host_key_policy_by: number | null;
  readonly host_key_policy_at: string | null;
  readonly host_key_policy_limited: number;
}

/** The host-key policy that holds for an entry, and whose choice that is. */
export interface PolicyInForce {
  readonly policy: HostKeyPolicy;
  readonly from: 'entry' | 'folder' | 'organization' | 'default';
  /** The folder or the organization that it comes from. */
  readonly fromId: number | null;
  /** Everybody by whose choice it holds: who chose it, and who removed a nearer one or moved the entry or a folder to where it holds. */
  readonly choices: readonly HostKeyChoice[];
  /** Another text after each of these choices. */
  readonly stamp: string;
}

/** An entry as its caller may use it, with the policy as this feature keeps it. */
export interface EntryInForce extends ResolvedEntry {
  readonly hostKeyPolicy: PolicyInForce;
}
