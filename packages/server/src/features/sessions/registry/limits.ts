import { say } from '@gatehouse/contract/messages/message';
import type { CredentialType } from '../../../kernel/caller.ts';
import type { Ending, LiveSession } from './live-session.ts';

const expired: Readonly<Record<CredentialType, Ending>> = {
  'api-key': { cause: 'revoked', why: say('ended_by_api_key_expiry') },
  session: { cause: 'revoked', why: say('ended_by_sign_in_expiry') },
};

/** Why a running use has expired, if it has: a sign-in of its grant ended, or its own limit. */
export function expiryReason(session: LiveSession, nowMs: number): Ending | undefined {
  const ended = session.grant.callers.find(({ expiresAtMs }) => expiresAtMs <= nowMs);
  return ended === undefined ? session.overdue?.(nowMs) : expired[ended.via.type];
}
