import type { Step } from '@gatehouse/contract/problem';
import type { GrantedHop } from '../../../access/authorize-use.ts';
import type { ExitStatus } from '../../../protocols/protocol.ts';
import type { IdentityUse } from '../../identities/service.ts';
import type { Destination } from '../connect/destination.ts';
import type { EgressDenial } from '../connect/egress.ts';

/** How a login went. */
export interface LoginResult {
  readonly outcome: 'ok' | 'failed';
  /** The method that let us in, or the code of the problem. */
  readonly result: string;
  /** What came of each identity that was tried, jump hosts included. */
  readonly uses: readonly IdentityUse[];
  readonly steps: readonly Step[];
  /** Where a person has logged in. */
  readonly logins?: readonly { readonly entryId: number; readonly destination: Destination }[];
  /** What the egress policy denied, where that ended it, and the machine that was to be reached. */
  readonly denial?: (EgressDenial & { readonly hop: GrantedHop }) | undefined;
}

/** How a session ended. */
export interface SessionEnd {
  /** Whether it came as far as a shell or a command. */
  readonly opened: boolean;
  readonly exit: ExitStatus;
  /** In words or as a slug; goes to the audit log. */
  readonly why: string;
  readonly steps: readonly Step[];
}
