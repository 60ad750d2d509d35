import type { Message } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import type { GrantedHop } from '../../../access/authorize-use.ts';
import type { ExitStatus } from '../../../protocols/protocol.ts';
import type { IdentityUse } from '../../identities/service.ts';
import type { Destination } from '../connect/destination.ts';
import type { EgressDenial } from '../connect/egress.ts';

/** The result of a login. */
export interface LoginResult {
  readonly outcome: 'ok' | 'failed';
  /** The accepted method, or the code of the problem. */
  readonly result: string;
  /** The result of each identity that was used, jump hosts included. */
  readonly uses: readonly IdentityUse[];
  readonly steps: readonly Step[];
  /** The destinations that a person logged in to. */
  readonly logins?: readonly { readonly entryId: number; readonly destination: Destination }[];
  /** The connection that the egress policy denied, if that ended the login, and its hop. */
  readonly denial?: (EgressDenial & { readonly hop: GrantedHop }) | undefined;
}

/** How a session ended. */
export interface SessionEnd {
  /** Whether a shell or a command was started. */
  readonly opened: boolean;
  readonly exit: ExitStatus;
  /** Whether the server never said how the command ended. */
  readonly isLost?: boolean;
  /** What ended it, or the problem that kept it from being opened; goes to the audit log. */
  readonly why: Message | ProblemCode;
  readonly steps: readonly Step[];
}
