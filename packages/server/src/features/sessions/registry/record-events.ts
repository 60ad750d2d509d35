import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import type { GrantedHop } from '../../../access/authorize-use.ts';
import { recordedCommand } from '../../../audit/command.ts';
import type { AuditRecord } from '../../../audit/record.ts';
import { ownerColumns } from '../../../kernel/owner.ts';
import type { AuthorizedLogin } from '../connect/authorized-login.ts';
import type { LoginResult, SessionEnd } from './outcome.ts';

/** The recorded actions on the target entry and on jump hosts. */
type UseAction = 'session.open' | 'session.pass' | 'egress.deny';

/** The common fields of audit entries about a login; outcome and details are added. */
export function openingOf({ grant: { target } }: AuthorizedLogin) {
  return headOf('session.open', target);
}

function headOf<A extends UseAction>(action: A, { entry }: GrantedHop) {
  return {
    action,
    resource: 'entry' as const,
    resourceId: entry.id,
    resourceName: entry.name,
    organizationId: ownerColumns(entry.owner).organization_id,
  };
}

/** The audit entry of a connection that the egress policy denied. */
export function denialOf(
  { hop, host, port, rule }: NonNullable<LoginResult['denial']>,
  of: { readonly intent: number; readonly sessionId: number | null },
): AuditRecord<'egress.deny', 'denied'> {
  return { ...headOf('egress.deny', hop), outcome: 'denied', details: { ...of, host, port, rule } };
}

/** The audit entry of the intent, before anything is sent. */
export function intentOf(login: AuthorizedLogin, sessionId: number | null): AuditRecord<'session.open', 'started'> {
  const { direct, reason, command } = login;
  const { use, jumps, target } = login.grant;
  const { entry, identity } = target;
  return {
    ...openingOf(login),
    outcome: 'started',
    details: {
      sessionId,
      purpose: use,
      identityId: identity?.identity.id ?? null,
      because: identity?.because ?? (direct === undefined ? null : 'direct'),
      host: entry.host,
      port: entry.port,
      jumps: jumps.map((jump) => ({ entryId: jump.entry.id, identityId: jump.identity?.identity.id ?? null })),
      reason,
      ...(command !== undefined && recordedCommand(command)),
    },
  };
}

/** For organizations whose server is a jump host to a server of another owner: their own log records this, but not the target. */
export function jumpHostEvents({
  grant: { use, jumps, target },
}: AuthorizedLogin): readonly AuditRecord<'session.pass', 'started'>[] {
  const told = ownerColumns(target.entry.owner).organization_id;
  return jumps
    .map((jump) => headOf('session.pass', jump))
    .filter(({ organizationId }) => organizationId !== null && organizationId !== told)
    .map((head) => ({ ...head, outcome: 'started', details: { purpose: use } }));
}

/** The audit entry of a session's end. */
export function endOf(
  login: AuthorizedLogin,
  sessionId: number,
  { opened, isLost = false, exit, why }: SessionEnd,
): AuditRecord<'session.end', 'ok' | 'failed'> {
  const { entry, identity } = login.grant.target;
  return {
    ...openingOf(login),
    action: 'session.end',
    resource: 'session',
    resourceId: sessionId,
    outcome: opened && !isLost ? 'ok' : 'failed',
    details: {
      entryId: entry.id,
      identityId: identity?.identity.id ?? null,
      ...(typeof why === 'string' ? { why } : codedFields('why', why)),
      exitCode: exit.code,
      exitSignal: exit.signal,
    },
  };
}
