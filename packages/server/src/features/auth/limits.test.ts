import { describe, expect, it } from 'vitest';
import {
  addressRule,
  countAttempt,
  giveBack,
  isBlocked,
  isQuiet,
  personRule,
  rateLimitOf,
  type Attempts,
} from './limits.ts';

const minuteMs = 60_000;
const windowMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;

/** Tries wrongly again and again, as soon as it is let; returns when, until `untilMs`. */
function attack(rule: typeof personRule, untilMs: number, everyMs: number): number[] {
  const at: number[] = [];
  let tries: Attempts | undefined;
  for (let now = 0; now < untilMs; now += everyMs) {
    if (isBlocked(tries, now)) continue;
    tries = countAttempt(rule, tries, now);
    at.push(now);
  }
  return at;
}

describe('wrong tries on an account', () => {
  it('are at most ten in any 15 minutes', () => {
    for (const everyMs of [1000, minuteMs, 100_000, 2 * minuteMs]) {
      const at = attack(personRule, 24 * hourMs, everyMs);
      for (const start of at)
        expect(at.filter((t) => t >= start && t < start + windowMs).length).toBeLessThanOrEqual(10);
    }
  });

  it('wait twice as long each time, up to a day', () => {
    const at = attack(personRule, 5 * 24 * hourMs, minuteMs).slice(9);
    const waits = at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / minuteMs);
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]);
  });

  it('are at most a hundred in a row', () => {
    expect(attack(personRule, 365 * 24 * hourMs, 10 * minuteMs)).toHaveLength(100);
  });

  it('of earlier windows end with a success, those of this window stay', () => {
    const before: Attempts = { failures: 4, windowStartedAt: 0, blockedUntil: undefined };
    const later = countAttempt(personRule, before, windowMs);
    expect(later).toEqual({ failures: 5, windowStartedAt: windowMs, blockedUntil: undefined });
    expect(giveBack(personRule, later, before, windowMs)).toBeUndefined();

    const soon = countAttempt(personRule, before, minuteMs);
    expect(giveBack(personRule, soon, before, minuteMs)).toEqual(before);
  });

  it('end a block with the success of the try that began it', () => {
    const before: Attempts = { failures: 9, windowStartedAt: 0, blockedUntil: undefined };
    const tenth = countAttempt(personRule, before, minuteMs);
    expect(isBlocked(tenth, minuteMs)).toBe(true);
    expect(giveBack(personRule, tenth, before, minuteMs)).toEqual(before);
  });

  it('count as over for a known device only when they have stopped', () => {
    const ongoing: Attempts = { failures: 3, windowStartedAt: 0, blockedUntil: undefined };
    expect(isQuiet(ongoing, minuteMs)).toBe(false);
    expect(isQuiet(ongoing, windowMs)).toBe(true);
    expect(isQuiet({ ...ongoing, failures: 12, blockedUntil: 2 * hourMs }, hourMs)).toBe(false);
    const exhausted = { ...ongoing, failures: 100, blockedUntil: Number.MAX_SAFE_INTEGER };
    expect(isQuiet(exhausted, hourMs)).toBe(false);
    expect(isQuiet(exhausted, 25 * hourMs)).toBe(true);
  });

  it('say how many are left and when there are more', () => {
    const tries = countAttempt(personRule, undefined, 0);
    expect(rateLimitOf(personRule, tries, minuteMs)).toEqual({ limit: 10, remaining: 9, resetS: 840 });
  });
});

describe('wrong tries from an address', () => {
  it('are fifty in 15 minutes and start anew afterwards', () => {
    const at = attack(addressRule, 2 * windowMs, 1000);
    expect(at).toHaveLength(100);
    expect(at[50]).toBeGreaterThanOrEqual(windowMs);
  });
});
