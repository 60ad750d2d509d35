import { dayOf } from './rows.ts';

/** Days in the time zone of the reader: `2026-03-04`; either end may be open. */
export interface Period {
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/** The periods that one click chooses. */
export const presets = ['always', 'today', 'week', 'month'] as const;
export type Preset = (typeof presets)[number];

const days: Readonly<Record<Exclude<Preset, 'always'>, number>> = { today: 1, week: 7, month: 30 };
const wholeDay = /^\d{4}-\d{2}-\d{2}$/;

/** The period of a preset; its end is open, so that new entries belong to it. */
export function periodOf(preset: Preset, now: Date): Period {
  return preset === 'always' ? {} : { startDate: dayBefore(now, days[preset] - 1) };
}

/** The preset of a period, if there is one. */
export function presetOf({ startDate, endDate }: Period, now: Date): Preset | 'custom' {
  if (endDate !== undefined) return 'custom';
  return presets.find((preset) => periodOf(preset, now).startDate === startDate) ?? 'custom';
}

/**
 * The period as the API expects it: timestamps, because a day starts at another time in each time zone, and the API's days are in UTC. Values
 * that are not days are left unchanged.
 */
export function momentsOf({ startDate, endDate }: Period): Period {
  return {
    ...(startDate === undefined ? {} : { startDate: momentOf(startDate, 0) }),
    ...(endDate === undefined ? {} : { endDate: momentOf(endDate, 1) }),
  };
}

/** The first moment of a day, or with `daysLater` 1 its last millisecond. */
function momentOf(day: string, daysLater: 0 | 1): string {
  if (!wholeDay.test(day)) return day;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const moment = new Date(year, month - 1, date + daysLater);
  return new Date(moment.getTime() - daysLater).toISOString();
}

function dayBefore(now: Date, count: number): string {
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - count));
}
