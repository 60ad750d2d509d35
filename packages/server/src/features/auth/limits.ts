const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const windowMs = 15 * minuteMs;
const longestDelayMs = dayMs;
/** After this many wrong attempts in a row only a known device may try, until one succeeds or an administrator sets the password. */
const lastAttempt = 100;
/** After every possible time. */
const never = Date.UTC(9999, 11, 31);

/** The count of one subject: an account, an address, a known device. Times in milliseconds since 1970. */
export interface Attempts {
  /** Of accounts and devices: since the last success; of addresses: in this window. */
  readonly failures: number;
  /** When the latest window with a wrong attempt began. */
  readonly windowStartedAt: number;
  /** Until then every attempt is refused without being checked. */
  readonly blockedUntil: number | undefined;
}

/** How many wrong attempts are allowed, and how long each further one blocks. */
export interface Rule {
  /** Wrong attempts before the first block. */
  readonly budget: number;
  /** Whether a new window resets the count. */
  readonly forgetsWithWindow: boolean;
  readonly delayMs: (failures: number) => number;
}

/** Ten wrong attempts in 15 minutes; after that one at a time, each after twice the previous wait, up to a day. */
export const personRule: Rule = {
  budget: 10,
  forgetsWithWindow: false,
  delayMs(failures) {
    return failures >= lastAttempt ? never : Math.min(longestDelayMs, windowMs * 2 ** (failures - this.budget));
  },
};

/** Fifty wrong attempts in 15 minutes, for any accounts: many people may share an address. */
export const addressRule: Rule = { budget: 50, forgetsWithWindow: true, delayMs: () => windowMs };

/** Counts without a new attempt for this long are deleted. */
export const forgetAfterMs = 90 * dayMs;

/** Whether attempts are refused now. */
export function isBlocked(tries: Attempts | undefined, now: number): boolean {
  return tries?.blockedUntil !== undefined && tries.blockedUntil > now;
}

/** Counts an attempt before it is made. It counts as wrong until `giveBack`. */
export function countAttempt(rule: Rule, tries: Attempts | undefined, now: number): Attempts {
  const sameWindow = tries !== undefined && !isWindowOver(tries, now);
  const carried = sameWindow || !rule.forgetsWithWindow ? (tries?.failures ?? 0) : 0;
  const failures = carried + 1;
  return {
    failures,
    windowStartedAt: sameWindow ? tries.windowStartedAt : now,
    blockedUntil: failures >= rule.budget ? Math.min(never, now + rule.delayMs(failures)) : undefined,
  };
}

/**
 * The count after an attempt that was right; `undefined` if nothing remains. `before` is the count before it: a success clears failures of earlier
 * windows, but not those of a window that still runs. Otherwise a caller who knows one password could buy guesses at others.
 */
export function giveBack(rule: Rule, tries: Attempts, before: Attempts | undefined, now: number): Attempts | undefined {
  const earlier = before === undefined || !isWindowOver(before, now) ? 0 : before.failures;
  const failures = tries.failures - 1 - (rule.forgetsWithWindow ? 0 : earlier);
  if (failures <= 0) return undefined;
  return { ...tries, failures, blockedUntil: failures >= rule.budget ? tries.blockedUntil : undefined };
}

/** Whether a known device's success may clear the failures of unknown ones: not while they continue. */
export function isQuiet(tries: Attempts, now: number): boolean {
  if (tries.failures >= lastAttempt) return now - tries.windowStartedAt >= longestDelayMs;
  return isWindowOver(tries, now) && !isBlocked(tries, now);
}

/** How much of the budget is used, for the RateLimit-* headers. */
export function rateLimitOf(rule: Rule, tries: Attempts, now: number) {
  const reset = tries.blockedUntil ?? tries.windowStartedAt + windowMs;
  return {
    limit: rule.budget,
    remaining: Math.max(0, rule.budget - tries.failures),
    resetS: Math.max(1, Math.ceil((Math.min(reset, now + longestDelayMs) - now) / 1000)),
  };
}

function isWindowOver(tries: Attempts, now: number): boolean {
  return now - tries.windowStartedAt >= windowMs;
}
