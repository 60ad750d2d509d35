import type { Session } from '@gatehouse/contract/connections';
import { notFound } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Context } from '../context.ts';
import { findSession, listSessions, toSession } from './repository.ts';

/** The filter of a list. */
export interface SessionFilter {
  readonly live: boolean | undefined;
  readonly limit: number;
}

/** The sessions of the caller, newest first. */
export async function listOwn({ database }: Context, caller: Caller, filter: SessionFilter): Promise<Session[]> {
  return (await listSessions(database.read, { accountId: caller.accountId, ...filter })).map(toSession);
}

/** A session of the caller; one of another account is refused as if it did not exist, and recorded as `session.<intent>`. */
export async function requireOwn(
  { database }: Context,
  caller: Caller,
  id: number,
  intent: 'read' | 'end' | 'rejoin' | 'resize',
): Promise<Session> {
  const row = await findSession(database.read, id);
  if (row === undefined) throw notFound();
  if (row.account_id === caller.accountId) return toSession(row);
  const { organization_id: organizationId } = row;
  throw notFound({ action: `session.${intent}`, resource: 'session', resourceId: id, organizationId });
}
