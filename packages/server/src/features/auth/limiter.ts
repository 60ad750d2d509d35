import { systemActor } from '../../audit/actor.ts';
import type { Change } from '../../change/change.ts';
import { refuse, type RateLimit } from '../../kernel/app-error.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import type { Clock } from './clock.ts';
import { countAttempt, giveBack, isBlocked, isQuiet, rateLimitOf, type Attempts } from './limits.ts';
import { findAttempts, forgetDevices, isKnownDevice, rememberDevice, storeAttempts } from './limiter-repository.ts';
import {
  accountSubject,
  addressSubject,
  deviceOf,
  deviceSubject,
  passwordSubject,
  type ClaimedAccount,
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
  readonly before: Attempts | undefined;
  readonly counted: Attempts;
}

/** An attempt that counts as wrong unless it is given back. */
export type CountedAttempt = readonly CountedSubject[];

/**
 * Counts attempts in the database before their passwords are checked, so that neither parallel attempts nor a restart allow more. They count against
 * the account (by name, whether it exists or not) and the network; from a device that signed in to the account before, against that device instead,
 * so that wrong attempts elsewhere do not lock out the owner.
 */
export interface Limiter {
  /** Refuses blocked attempts before any other work; throws `too_many_requests`. */
  refuseBlocked(login: ClaimedAccount): Promise<void>;
  /** Counts a sign-in; throws `too_many_requests`. */
  countSignIn(login: ClaimedAccount): Promise<CountedAttempt>;
  /** Counts a password that a signed-in caller repeats; throws `too_many_requests`. */
  countPassword(accountId: number): Promise<CountedAttempt>;
  /** In the transaction of a sign-in: the password was right, and the device becomes a known one. */
  succeed(trx: Trx, login: ClaimedAccount & { accountId: number }, counted: CountedAttempt): Promise<void>;
  /** In the transaction that a repeated password authorizes: it was right. */
  giveBack(trx: Trx, counted: CountedAttempt): Promise<void>;
  /** In the transaction of a new password: deletes wrong attempts at the old one, and the known devices. */
  forget(trx: Trx, login: Pick<ClaimedAccount, 'usernameKey'> & { accountId: number }): Promise<void>;
  /** Makes a device a known one. */
  remember(trx: Trx, login: ClaimedAccount): Promise<void>;
  /** How much of the tightest budget is used, and whether the attempt began a block. */
  statusOf(counted: CountedAttempt): { readonly rateLimit: RateLimit; readonly blocks: boolean };
}

/** `mac` computes the keys of the rows, so that the database does not contain attempted usernames. */
export function createLimiter({ database, change, mac, clock }: Dependencies): Limiter {
  async function subjectsOf(db: Db, login: ClaimedAccount): Promise<readonly Subject[]> {
    const { accountId, device } = deviceOf(mac, login);
    if (await isKnownDevice(db, accountId, device)) return [deviceSubject(device)];
    return [accountSubject(mac, login.usernameKey), addressSubject(login.client)];
  }
  const remember = (trx: Trx, login: ClaimedAccount) =>
    rememberDevice(trx, { ...deviceOf(mac, login), seenAt: clock(), atMost: maxKnownDevices });

  return {
    async refuseBlocked(login) {
      const subjects = await subjectsOf(database.read, login);
      for (const subject of subjects) refuseBlocked(subject, await findAttempts(database.read, subject.key), clock());
    },
    countSignIn: (login) =>
      change.by(systemActor, async ({ trx }) => count(trx, await subjectsOf(trx, login), clock())),
    countPassword: (accountId) =>
      change.by(systemActor, ({ trx }) => count(trx, [passwordSubject(accountId)], clock())),
    async succeed(trx, login, counted) {
      const now = clock();
      await giveBackAll(trx, counted, now);
      const { key } = accountSubject(mac, login.usernameKey);
      const elsewhere = await findAttempts(trx, key);
      if (elsewhere !== undefined && isQuiet(elsewhere, now)) await storeAttempts(trx, key, undefined);
      await remember(trx, login);
    },
    giveBack: (trx, counted) => giveBackAll(trx, counted, clock()),
    async forget(trx, { usernameKey, accountId }) {
      await storeAttempts(trx, accountSubject(mac, usernameKey).key, undefined);
      await storeAttempts(trx, passwordSubject(accountId).key, undefined);
      await forgetDevices(trx, accountId);
    },
    remember,
    statusOf(counted) {
      const now = clock();
      const limits = counted.map(({ rule, counted: tries }) => rateLimitOf(rule, tries, now));
      const rateLimit = limits.reduce((tightest, next) => (next.remaining < tightest.remaining ? next : tightest));
      return { rateLimit, blocks: counted.some(({ counted: { blockedUntil } }) => blockedUntil !== undefined) };
    },
  };
}

/** Counts against all of the subjects, or against none if one of them is blocked. */
async function count(trx: Trx, subjects: readonly Subject[], now: number): Promise<CountedAttempt> {
  const counted: CountedSubject[] = [];
  for (const subject of subjects) {
    const before = await findAttempts(trx, subject.key);
    refuseBlocked(subject, before, now);
    counted.push({ ...subject, before, counted: countAttempt(subject.rule, before, now) });
  }
  for (const { key, counted: tries } of counted) await storeAttempts(trx, key, tries);
  return counted;
}

async function giveBackAll(trx: Trx, counted: CountedAttempt, now: number): Promise<void> {
  for (const { key, rule, before } of counted) {
    const tries = await findAttempts(trx, key);
    if (tries !== undefined) await storeAttempts(trx, key, giveBack(rule, tries, before, now));
  }
}

function refuseBlocked({ rule }: Subject, tries: Attempts | undefined, now: number): void {
  if (tries === undefined || !isBlocked(tries, now)) return;
  const rateLimit = rateLimitOf(rule, tries, now);
  throw refuse('wrong_passwords_too_many', {
    retryAfterS: rateLimit.resetS,
    rateLimit,
  });
}
