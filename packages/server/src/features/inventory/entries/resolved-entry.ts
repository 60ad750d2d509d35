import type { HostKeyPolicy } from '@gatehouse/contract/entry-config';
import type { ResolvedEntry } from '../../../access/resolved-entry.ts';

/** Who last chose the host-key policy of an entry, folder or organization. */
export interface HostKeyChoice {
  readonly host_key_policy_by: number | null;
  readonly host_key_policy_at: string | null;
  readonly host_key_policy_limited: number;
}

/** The effective host-key policy of an entry, and who chose it. */
export interface PolicyInForce {
  readonly policy: HostKeyPolicy;
  readonly from: 'entry' | 'folder' | 'organization' | 'default';
  /** The folder or the organization that it comes from. */
  readonly fromId: number | null;
  /** All accounts whose choice it is: those who chose it, removed a nearer one, or moved the entry or a folder to where it applies. */
  readonly choices: readonly HostKeyChoice[];
  /** Changes with each of these choices. */
  readonly stamp: string;
}

/** An entry as its caller may use it, with the policy as this feature stores it. */
export interface EntryInForce extends ResolvedEntry {
  readonly hostKeyPolicy: PolicyInForce;
}
