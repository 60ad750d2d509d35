const minuteS = 60;
const hourS = 60 * minuteS;
/** With a longer wait, an administrator has to help. */
const longestS = 7 * 24 * hourS;

/** The waiting time, in a unit that suits it. */
export type Wait =
  | { readonly unit: 'seconds'; readonly count: number }
  | { readonly unit: 'minutes'; readonly count: number }
  | { readonly unit: 'hours'; readonly count: number }
  | { readonly unit: 'forever' };

/** Rounds up, so that the next attempt is not too early. */
export function waitOf(seconds: number): Wait {
  if (seconds > longestS) return { unit: 'forever' };
  if (seconds > 2 * hourS) return { unit: 'hours', count: Math.ceil(seconds / hourS) };
  if (seconds > 2 * minuteS) return { unit: 'minutes', count: Math.ceil(seconds / minuteS) };
  return { unit: 'seconds', count: Math.max(1, Math.ceil(seconds)) };
}
