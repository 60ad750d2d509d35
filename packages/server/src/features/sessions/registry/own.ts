import type { Session } from '@gatehouse/contract/connections';
import { notFound } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { may, type Rights } from '../../../kernel/rights.ts';
import { findIdentityOwner } from '../../identities/public-repository.ts';
import type { Context } from '../context.ts';
import { findSession, listLiveSessionsOf, listSessions, toSession, type NamedSession } from './repository.ts';

/** The filter of a list. */
export interface SessionFilter {
  readonly live: boolean | undefined;
  /** The members' sessions instead of the caller's own; only live ones. */
  readonly organizationId: number | undefined;
  readonly limit: number;
}

/** A session that the caller may see or end. */
export interface FoundSession {
  readonly session: Session;
  /** If it is another person's: the organization that gives the caller this right. */
  readonly through: number | undefined;
}

/** The sessions of the caller, or of the members of an organization whose members they manage; newest first. */
export async function list(
  { database, rightsOf }: Context,
  caller: Caller,
  { organizationId, live, limit }: SessionFilter,
): Promise<Session[]> {
  const db = database.read;
  if (organizationId === undefined)
    return (await listSessions(db, { accountId: caller.accountId, live, limit })).map(toSession);
  const rights = await rightsOf(db, caller.accountId);
  if (!supervises(rights, organizationId)) throw notFound();
  if (live === false) return [];
  const rows = await listLiveSessionsOf(db, organizationId, limit);
  return rows.map((row) => outline(row, organizationId));
}

/** A session of the caller; one of another account is refused as if it did not exist, and recorded as `session.<intent>`. */
export async function requireOwn(
  { database }: Context,
  caller: Caller,
  id: number,
  intent: 'rejoin' | 'resize',
): Promise<Session> {
  const row = await findSession(database.read, id);
  if (row === undefined) throw notFound();
  if (row.account_id === caller.accountId) return toSession(row);
  throw hidden(row, intent);
}

/** A session of the caller, or a live one of a member on what belongs to an organization whose members the caller manages. */
export async function requireOwnOrMembers(
  { database, rightsOf }: Context,
  caller: Caller,
  id: number,
  intent: 'read' | 'end',
): Promise<FoundSession> {
  const db = database.read;
  const row = await findSession(db, id);
  if (row === undefined) throw notFound();
  if (row.account_id === caller.accountId) return { session: toSession(row), through: undefined };
  if (row.ended_at !== null) throw hidden(row, intent);
  const rights = await rightsOf(db, caller.accountId);
  const owner = row.identity_id === null ? undefined : await findIdentityOwner(db, row.identity_id);
  const through = [row.organization_id, owner?.type === 'organization' ? owner.id : null].find(
    (organizationId) => organizationId !== null && supervises(rights, organizationId),
  );
  if (typeof through !== 'number') throw hidden(row, intent);
  return { session: outline(row, through), through };
}

/** Who may remove a member, which ends their sessions, may also end one of them. */
function supervises(rights: Rights, organizationId: number): boolean {
  return may(rights, { type: 'organization', id: organizationId }, 'org.members.manage');
}

/** What others see of a session: not what its server said, and nothing of servers that do not belong to the organization. */
function outline(row: NamedSession, organizationId: number): Session {
  const session = { ...toSession(row), steps: [] };
  if (row.organization_id === organizationId) return session;
  return { ...session, organizationId: null, entryId: null, entryName: '', reason: null };
}

function hidden({ id, organization_id: organizationId }: NamedSession, intent: 'read' | 'end' | 'rejoin' | 'resize') {
  return notFound({ action: `session.${intent}`, resource: 'session', resourceId: id, organizationId });
}
