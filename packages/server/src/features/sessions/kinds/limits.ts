import { say } from '@gatehouse/contract/messages/message';
import type { Settings } from '../../../kernel/settings/settings.ts';
import type { Ending } from '../registry/live-session.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Why a session that outlives its request has expired, if it has. */
export function expiryReason(
  settings: Settings,
  { openedAtMs, lastActivityMs }: { readonly openedAtMs: number; readonly lastActivityMs: number },
  nowMs: number,
): Ending | undefined {
  if (isOver(openedAtMs, settings.get('TERMINAL_ABSOLUTE_HOURS') * hourMs, nowMs))
    return { cause: 'idle', why: say('ended_by_duration') };
  if (isOver(lastActivityMs, settings.get('TERMINAL_IDLE_MINUTES') * minuteMs, nowMs))
    return { cause: 'idle', why: say('ended_by_idleness') };
  return undefined;
}

/** Zero means no limit. */
function isOver(sinceMs: number, limitMs: number, nowMs: number): boolean {
  return limitMs > 0 && nowMs - sinceMs > limitMs;
}

/** How long a terminal lives without a client, in milliseconds. */
export function resumeMs(settings: Settings): number {
  return settings.get('TERMINAL_RESUME_MINUTES') * minuteMs;
}
