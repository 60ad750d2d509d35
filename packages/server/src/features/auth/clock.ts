/** The time as sign-ins measure it, in milliseconds since 1970. */
export type Clock = () => number;

interface TimeSources {
  readonly now: () => Date;
  /** Milliseconds of a clock that nobody can set. */
  readonly monotonicMs: () => number;
}

/**
 * A clock that follows the wall clock forward and never goes back or slower than the time that really passes, so that setting the wall clock
 * back does not prolong a session or a limit.
 */
export function createClock({ now, monotonicMs }: TimeSources): Clock {
  let at = now().getTime();
  let measuredAt = monotonicMs();
  return () => {
    const measured = monotonicMs();
    at = Math.max(now().getTime(), at + (measured - measuredAt));
    measuredAt = measured;
    return at;
  };
}

/** How times are stored. */
export function timestampOf(time: number): string {
  return new Date(time).toISOString();
}
