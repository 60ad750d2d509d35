import type { Session } from '@gatehouse/contract/connections';
import { notFound, refuse } from '../../../kernel/app-error.ts';
import { isSameCredential, type Caller } from '../../../kernel/caller.ts';
import type { TerminalSize } from '../../../protocols/protocol.ts';
import type { Context } from '../context.ts';
import type { Transport } from '../stream/sink.ts';
import type { Joinable } from './live-session.ts';

/** After this many seconds a client may reach the right node, or the session may be over. */
const retryAfterS = 5;

/** The ticket with which a client joins a session. */
export interface JoinTicket {
  readonly sessionId: number;
  readonly ticket: string;
  readonly expiresAt: string;
}

/** A new ticket for a session that lost its client, or whose client changes. An API key joins only sessions that it has opened itself. */
export async function rejoin(context: Context, caller: Caller, session: Session): Promise<JoinTicket> {
  const { change, tickets, isSignedIn } = context;
  const { openedBy } = joinableHere(context, session);
  const isOwn = isSameCredential(caller.via, openedBy.via);
  const { id, entryId, entryName, organizationId } = session;
  if (caller.via.type === 'api-key' && !isOwn)
    throw notFound({ action: 'session.rejoin', resource: 'session', resourceId: id, organizationId });
  await change(caller, ({ record }) =>
    record({
      action: 'session.rejoin',
      resource: 'session',
      resourceId: id,
      resourceName: entryName,
      organizationId,
      outcome: 'ok',
      details: { entryId },
    }),
  );
  const ticket = tickets.issue(id, caller);
  // A revocation before the ticket is noticed here; a later one voids the ticket.
  if (!(await isSignedIn(caller))) throw refuse('sign_in_ended');
  return { sessionId: id, ...ticket };
}

/** Changes the size of a session that has one. */
export function resize(context: Context, session: Session, size: TerminalSize): void {
  const found = joinableHere(context, session);
  if (found.resize === undefined) throw notFound();
  found.resize(size);
}

/** Returns the function with which the client of this ticket joins; throws `unauthenticated`. The ticket is used up in any case. */
export function admit({ registry, tickets }: Context, id: number, ticket: string): (transport: Transport) => void {
  const caller = tickets.redeem(ticket, id);
  const found = registry.get(id)?.joinable;
  if (caller === undefined || found?.openedBy.accountId !== caller.accountId) throw refuse('ticket_unknown');
  found.joinedBy(caller);
  return (transport) => {
    found.join(transport);
  };
}

/** Throws why a session cannot be joined here: it is over, or runs on another node. */
function joinableHere({ registry }: Context, row: Session): Joinable {
  const session = registry.get(row.id);
  if (session?.joinable !== undefined) return session.joinable;
  if (session !== undefined) throw refuse('session_not_joinable');
  if (row.endedAt !== null) throw wasInterrupted(row) ? refuse('session_interrupted') : notFound();
  throw refuse('session_on_another_node', {
    retryAfterS,
  });
}

/** Whether its process was lost after the login: the row has the steps of then, and no later ones. */
function wasInterrupted({ status, steps }: Session): boolean {
  const isLoggedIn = steps.some(
    ({ step, status: result, hop }) => step === 'auth' && result === 'ok' && hop === undefined,
  );
  return status === 'failed' && isLoggedIn && !steps.some(({ step }) => step === 'channel');
}
