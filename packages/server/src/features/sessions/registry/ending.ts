import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '@gatehouse/contract/connections';
import { say } from '@gatehouse/contract/messages/message';
import type { AuditRecord } from '../../../audit/record.ts';
import { notFound, refuse } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { isSignInOf } from '../../../kernel/events.ts';
import type { Context } from '../context.ts';
import { expiryReason } from './limits.ts';
import type { Ending } from './live-session.ts';
import type { FoundSession } from './own.ts';
import { findSession } from './repository.ts';

const endedByPerson: Ending = { cause: 'person', why: say('ended_by_person') };
const endedByManager = (username: string): Ending => ({ cause: 'person', why: say('ended_by_manager', { username }) });
/** How long another node may take to end a session, and how often the row is checked. */
const otherNodeMs = 3_000;
const otherNodeLookMs = 100;
/** How long a shutdown lets sessions finish, and then waits for their records. */
const finishMs = 2_000;
const drainMs = 4_000;

/** Ends uses whose grant is revoked. Returns the function that stops this. */
export function watchRevocations({ events, registry, tickets }: Context): () => void {
  return events.subscribe((event) => {
    if (event.type === 'revoked') {
      tickets.revoke((caller) => isSignInOf(caller, event.what));
      registry.revoke(event.what);
    } else if (event.type === 'confirmations') {
      registry.revoke({ kind: 'confirmations', entryIds: event.entryIds });
    } else if (event.type === 'missed') {
      tickets.revoke(() => true);
      registry.revoke('unknown');
    } else if (event.type === 'session-ended') {
      registry.get(event.sessionId)?.end(event.by === undefined ? endedByPerson : endedByManager(event.by));
    }
  });
}

function terminationOf(
  id: number,
  { accountId, username, entryId, entryName }: Omit<Session, 'id'>,
  organizationId: number,
): AuditRecord<'session.terminate', 'ok'> {
  return {
    action: 'session.terminate',
    resource: 'session',
    resourceId: id,
    resourceName: entryName === '' ? null : entryName,
    organizationId,
    outcome: 'ok',
    details: { accountId, username, entryId },
  };
}

/** Ends expired uses on this node. */
export function endExpired({ registry, now }: Pick<Context, 'registry' | 'now'>): void {
  const nowMs = now().getTime();
  for (const session of registry.all()) {
    const why = expiryReason(session, nowMs);
    if (why !== undefined) session.end(why);
  }
}

/** Ends everything: at once, or after a moment to finish. */
export async function shutDown({ registry }: Pick<Context, 'registry'>): Promise<void> {
  const stops: Ending = { cause: 'shutdown', why: say('ended_by_stop') };
  registry.close();
  for (const session of registry.all()) if (session.atShutdown === 'ends') session.end(stops);
  await atMost(finishMs, registry.idle());
  registry.endAll(stops);
  await atMost(drainMs, registry.idle());
}

/** Clears its timer, so that a failed start can exit at once. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, delay(ms, undefined, { signal: timer.signal })]);
  timer.abort();
}

/** Ends a session on any node, and waits until it is over. That of a member is recorded under the name of the caller, too. */
export async function endWherever(
  { database, change, registry, nodeId }: Context,
  caller: Caller,
  { session: { id, ...facts }, through }: FoundSession,
): Promise<void> {
  const session = registry.get(id);
  if (session !== undefined && through === undefined) {
    session.end(endedByPerson);
    return;
  }
  const row = await findSession(database.read, id);
  if (row?.ended_at !== null || (session === undefined && row.node_id === nodeId)) throw notFound();
  const by = through === undefined ? {} : { by: caller.username };
  await change(caller, async ({ emit, record }) => {
    if (through !== undefined) await record(terminationOf(id, facts, through));
    // Ends it on whichever node it is, this one included.
    emit({ type: 'session-ended', sessionId: id, ...by });
  });
  if (session !== undefined) return;
  for (let waitedMs = 0; waitedMs < otherNodeMs; waitedMs += otherNodeLookMs) {
    await delay(otherNodeLookMs);
    if ((await findSession(database.read, id))?.ended_at !== null) return;
  }
  throw refuse('session_end_too_slow');
}
