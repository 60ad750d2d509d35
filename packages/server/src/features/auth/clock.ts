/** The time of sign-ins, in milliseconds since 1970. */
export type Clock = () => number;

interface TimeSources {
  readonly now: () => Date;
  /** Milliseconds of a clock that cannot be set. */
  readonly monotonicMs: () => number;
}

/**
 * A clock that follows the wall clock forward, never goes back, and never runs slower than real time, so that setting the wall clock back does not
 * prolong a sign-in or a limit.
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

/** The stored form of a time. */
export function timestampOf(time: number): string {
  return new Date(time).toISOString();
}
