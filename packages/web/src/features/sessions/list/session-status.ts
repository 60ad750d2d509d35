import type { Session } from '@gatehouse/contract/connections';

/** Whether the session is live. */
export function isLive({ status }: Pick<Session, 'status'>): boolean {
  return status === 'connecting' || status === 'open';
}

/** The duration of a session, in milliseconds; a live one counts until `nowMs`. */
export function lengthMs({ startedAt, endedAt }: Pick<Session, 'startedAt' | 'endedAt'>, nowMs: number): number {
  return Math.max(0, (endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt));
}

/** A duration in hours, minutes and seconds, rounded to the two largest units: "2 h 5 min". */
export function lengthInWords(ms: number, language: string): string {
  const seconds = Math.round(ms / 1000);
  const parts = { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
  const shown =
    parts.hours > 0
      ? ({ hours: parts.hours, minutes: parts.minutes } as const)
      : parts.minutes > 0
        ? ({ minutes: parts.minutes, seconds: parts.seconds } as const)
        : ({ seconds: parts.seconds } as const);
  return Object.entries(shown)
    .filter(([, value], index) => value > 0 || index === 0)
    .map(([unit, value]) => format(value, unit, language))
    .join(' ');
}

function format(value: number, units: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: units.slice(0, -1), unitDisplay: 'short' }).format(
    value,
  );
}
