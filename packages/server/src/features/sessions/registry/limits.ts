import type { Grant } from '../../../access/authorize-use.ts';
import type { CredentialType } from '../../../kernel/caller.ts';
import type { Ending } from './registry.ts';

/** How long terminals live, in milliseconds; zero means for ever. */
export interface TerminalLimits {
  /** Without a key stroke or a byte. */
  readonly idleMs: number;
  readonly absoluteMs: number;
}

interface Timed {
  readonly grant: Pick<Grant, 'callers'>;
  readonly terminal?: { readonly openedAtMs: number; lastActivityMs(): number };
}

const expired: Readonly<Record<CredentialType, Ending>> = {
  'api-key': { cause: 'revoked', words: 'the API key has expired' },
  session: { cause: 'revoked', words: 'the sign-in has ended' },
};

/** Why the time of something that runs is over, if it is: for a terminal its limits, and for all the sign-ins of its grant. */
export function whyOverdue({ grant, terminal }: Timed, limits: TerminalLimits, nowMs: number): Ending | undefined {
  const ended = grant.callers.find(({ expiresAtMs }) => expiresAtMs <= nowMs);
  if (ended !== undefined) return expired[ended.via.type];
  if (terminal === undefined) return undefined;
  if (isOver(terminal.openedAtMs, limits.absoluteMs, nowMs))
    return { cause: 'idle', words: 'terminals end after so long' };
  if (isOver(terminal.lastActivityMs(), limits.idleMs, nowMs))
    return { cause: 'idle', words: 'nothing happened in it for too long' };
  return undefined;
}

function isOver(sinceMs: number, limitMs: number, nowMs: number): boolean {
  return limitMs > 0 && nowMs - sinceMs > limitMs;
}
