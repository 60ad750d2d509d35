import type { CredentialType } from '../../../kernel/caller.ts';
import type { Ending, LiveSession } from './live-session.ts';

const expired: Readonly<Record<CredentialType, Ending>> = {
  'api-key': { cause: 'revoked', words: 'the API key has expired' },
  session: { cause: 'revoked', words: 'the sign-in has ended' },
};

/** Why a running use has expired, if it has: a sign-in of its grant ended, or its own limit. */
export function expiryReason(session: LiveSession, nowMs: number): Ending | undefined {
  const ended = session.grant.callers.find(({ expiresAtMs }) => expiresAtMs <= nowMs);
  return ended === undefined ? session.overdue?.(nowMs) : expired[ended.via.type];
}
