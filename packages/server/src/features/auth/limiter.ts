import { systemActor } from '../../audit/actor.ts';
import type { Change } from '../../change/change.ts';
import { refuse, type RateLimit } from '../../kernel/app-error.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import type { Clock } from './clock.ts';
import { countTry, giveBack, isBlocked, isQuiet, rateLimitOf, type Tries } from './limits.ts';
import { findTries, forgetDevices, isKnownDevice, rememberDevice, storeTries } from './limiter-repository.ts';
import {
  accountSubject,
  addressSubject,
  deviceOf,
  deviceSubject,
  passwordSubject,
  type LoginTry,
  type Mac,
  type Subject,
} from './subjects.ts';

const maxKnownDevices = 20;

interface Dependencies {
  readonly database: Pick<Database, 'read'>;
  readonly change: Change;
  readonly mac: Mac;
  readonly clock: Clock;
}

interface CountedSubject extends Subject {
  readonly before: Tries | undefined;
  readonly counted: Tries;
}

/** A try that counts as wrong unless it is given back. */
export type CountedTry = readonly CountedSubject[];

/**
 * Counts tries in the database before their passwords are looked at, so that neither parallel tries nor a restart give more of them. They count
 * against the account (by name, whether it exists or not) and the network they come from; from a device that signed in to the account before,
 * against that device instead, so that nobody's wrong tries elsewhere lock its owner out.
 */
export interface Limiter {
  /** Refuses what is blocked without waiting for anything; throws `too_many_requests`. */
  refuseBlocked(login: LoginTry): Promise<void>;
  /** Counts a sign-in; throws `too_many_requests`. */
  countLogin(login: LoginTry): Promise<CountedTry>;
  /** Counts a password that somebody signed in states again; throws `too_many_requests`. */
  countPassword(accountId: number): Promise<CountedTry>;
  /** In the transaction of a sign-in: its password was right, and its device is known from now on. */
  succeed(trx: Trx, login: LoginTry & { accountId: number }, counted: CountedTry): Promise<void>;
  /** In the transaction of what a stated password allowed: it was right. */
  giveBack(trx: Trx, counted: CountedTry): Promise<void>;
  /** In the transaction of a new password: wrong tries at the old one, and the devices that knew it, are forgotten. */
  forget(trx: Trx, login: Pick<LoginTry, 'usernameKey'> & { accountId: number }): Promise<void>;
  /** Makes a device a known one. */
  remember(trx: Trx, login: LoginTry): Promise<void>;
  /** How far the budget that is nearest to its end is used up by a try, and whether the try began a block. */
  standing(counted: CountedTry): { readonly rateLimit: RateLimit; readonly blocks: boolean };
}

/** `mac` keys the rows, so that the database holds no username that was tried. */
export function createLimiter({ database, change, mac, clock }: Dependencies): Limiter {
  async function subjectsOf(db: Db, login: LoginTry): Promise<readonly Subject[]> {
    const { accountId, device } = deviceOf(mac, login);
    if (await isKnownDevice(db, accountId, device)) return [deviceSubject(device)];
    return [accountSubject(mac, login.usernameKey), addressSubject(login.client)];
  }
  const remember = (trx: Trx, login: LoginTry) =>
    rememberDevice(trx, { ...deviceOf(mac, login), seenAt: clock(), atMost: maxKnownDevices });

  return {
    async refuseBlocked(login) {
      const subjects = await subjectsOf(database.read, login);
      for (const subject of subjects) refuseBlocked(subject, await findTries(database.read, subject.key), clock());
    },
    countLogin: (login) => change.by(systemActor, async ({ trx }) => count(trx, await subjectsOf(trx, login), clock())),
    countPassword: (accountId) =>
      change.by(systemActor, ({ trx }) => count(trx, [passwordSubject(accountId)], clock())),
    async succeed(trx, login, counted) {
      const now = clock();
      await giveBackAll(trx, counted, now);
      const { key } = accountSubject(mac, login.usernameKey);
      const elsewhere = await findTries(trx, key);
      if (elsewhere !== undefined && isQuiet(elsewhere, now)) await storeTries(trx, key, undefined);
      await remember(trx, login);
    },
    giveBack: (trx, counted) => giveBackAll(trx, counted, clock()),
    async forget(trx, { usernameKey, accountId }) {
      await storeTries(trx, accountSubject(mac, usernameKey).key, undefined);
      await storeTries(trx, passwordSubject(accountId).key, undefined);
      await forgetDevices(trx, accountId);
    },
    remember,
    standing(counted) {
      const now = clock();
      const limits = counted.map(({ rule, counted: tries }) => rateLimitOf(rule, tries, now));
      const rateLimit = limits.reduce((tightest, next) => (next.remaining < tightest.remaining ? next : tightest));
      return { rateLimit, blocks: counted.some(({ counted: { blockedUntil } }) => blockedUntil !== undefined) };
    },
  };
}

/** Counts against all of the subjects, or against none if one of them is blocked. */
async function count(trx: Trx, subjects: readonly Subject[], now: number): Promise<CountedTry> {
  const counted: CountedSubject[] = [];
  for (const subject of subjects) {
    const before = await findTries(trx, subject.key);
    refuseBlocked(subject, before, now);
    counted.push({ ...subject, before, counted: countTry(subject.rule, before, now) });
  }
  for (const { key, counted: tries } of counted) await storeTries(trx, key, tries);
  return counted;
}

async function giveBackAll(trx: Trx, counted: CountedTry, now: number): Promise<void> {
  for (const { key, rule, before } of counted) {
    const tries = await findTries(trx, key);
    if (tries !== undefined) await storeTries(trx, key, giveBack(rule, tries, before, now));
  }
}

function refuseBlocked({ rule }: Subject, tries: Tries | undefined, now: number): void {
  if (tries === undefined || !isBlocked(tries, now)) return;
  const rateLimit = rateLimitOf(rule, tries, now);
  throw refuse('wrong_passwords_too_many', {
    retryAfterS: rateLimit.resetS,
    rateLimit,
  });
}
