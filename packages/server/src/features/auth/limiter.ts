import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import type { Clock } from './clock.ts';
import {
  addressRule,
  countTry,
  giveBack,
  isBlocked,
  isQuiet,
  personRule,
  rateLimitOf,
  type Rule,
  type Tries,
} from './limits.ts';
import { networkOf } from './network.ts';
import { findTries, forgetDevices, isKnownDevice, rememberDevice, storeTries } from './repository.ts';

/** Devices of an account that signed in to it count apart, so that nobody's wrong tries elsewhere can lock its owner out. */
const maxKnownDevices = 20;
/** Stands in for the account that a wrong name does not have; ids begin with 1. */
const nobody = 0;

interface Dependencies {
  readonly database: Database;
  /** HMAC under a key of this installation. */
  readonly mac: (purpose: string, data: string) => Buffer;
  readonly clock: Clock;
}

/** Who is tried to be, and from where. */
export interface LoginTry {
  readonly usernameKey: string;
  /** Undefined for a name that nobody has; it is limited all the same. */
  readonly accountId: number | undefined;
  readonly client: Client;
}

interface Subject {
  readonly key: string;
  readonly rule: Rule;
}

interface CountedSubject extends Subject {
  readonly before: Tries | undefined;
  readonly counted: Tries;
}

/** A try that counts as wrong unless it is given back. */
export interface CountedTry {
  readonly subjects: readonly CountedSubject[];
}

/** What is left of the budget after a try: for the answer and the audit log. */
export interface Standing {
  readonly limit: number;
  readonly remaining: number;
  readonly resetS: number;
  /** Whether this try was the one that began a block. */
  readonly blocks: boolean;
}

/**
 * Counts tries in the database before their passwords are looked at, so that neither parallel tries nor a restart give more of them. Tries are
 * counted against the account (by name, whether it exists or not) and the address; from a device that signed in to the account before, against
 * that device instead.
 */
export function createLimiter({ database, mac, clock }: Dependencies) {
  const deviceOf = ({ accountId, client }: LoginTry) =>
    mac('known-device', `${accountId ?? nobody}\n${networkOf(client.ip)}\n${client.userAgent}`).toString('hex');
  const accountSubject = (usernameKey: string): Subject => ({
    key: `account:${mac('login-limit', usernameKey).toString('hex')}`,
    rule: personRule,
  });

  async function subjectsOf(db: Db, login: LoginTry): Promise<readonly Subject[]> {
    const device = deviceOf(login);
    if (await isKnownDevice(db, login.accountId ?? nobody, device))
      return [{ key: `device:${device}`, rule: personRule }];
    return [accountSubject(login.usernameKey), { key: `address:${networkOf(login.client.ip)}`, rule: addressRule }];
  }

  async function count(trx: Trx, subjects: readonly Subject[]): Promise<CountedTry> {
    const now = clock();
    const counted: CountedSubject[] = [];
    for (const subject of subjects) {
      const before = await findTries(trx, subject.key);
      refuseBlocked(subject, before, now);
      counted.push({ ...subject, before, counted: countTry(subject.rule, before, now) });
    }
    for (const { key, counted: tries } of counted) await storeTries(trx, key, tries);
    return { subjects: counted };
  }

  /** In the transaction of what the right password did. */
  async function succeed(trx: Trx, { subjects }: CountedTry): Promise<void> {
    for (const { key, rule, before } of subjects) {
      const tries = await findTries(trx, key);
      if (tries !== undefined) await storeTries(trx, key, giveBack(rule, tries, before, clock()));
    }
  }

  const remember = (trx: Trx, login: LoginTry & { accountId: number }) =>
    rememberDevice(trx, {
      accountId: login.accountId,
      device: deviceOf(login),
      seenAt: clock(),
      atMost: maxKnownDevices,
    });

  return {
    /** Refuses what is blocked without waiting for anything; throws `too_many_requests`. */
    async refuseBlocked(login: LoginTry): Promise<void> {
      for (const subject of await subjectsOf(database.read, login))
        refuseBlocked(subject, await findTries(database.read, subject.key), clock());
    },

    /** Counts a sign-in before its password is looked at; throws `too_many_requests`. */
    countLogin: (login: LoginTry): Promise<CountedTry> =>
      database.transaction(async (trx) => count(trx, await subjectsOf(trx, login))),

    /** A signed-in account that states its password again is counted apart, too. */
    countPassword: (accountId: number): Promise<CountedTry> =>
      database.transaction((trx) => count(trx, [passwordSubject(accountId)])),

    succeed,

    /** As `succeed`; the device is known from now on. */
    async succeedLogin(trx: Trx, login: LoginTry & { accountId: number }, counted: CountedTry): Promise<void> {
      await succeed(trx, counted);
      const { key } = accountSubject(login.usernameKey);
      const elsewhere = await findTries(trx, key);
      if (elsewhere !== undefined && isQuiet(elsewhere, clock())) await storeTries(trx, key, undefined);
      await remember(trx, login);
    },

    /** The password of the account is a new one: wrong tries at the old one and the devices that knew it are forgotten. */
    async forget(trx: Trx, { usernameKey, accountId }: { usernameKey: string; accountId: number }): Promise<void> {
      await storeTries(trx, accountSubject(usernameKey).key, undefined);
      await storeTries(trx, passwordSubject(accountId).key, undefined);
      await forgetDevices(trx, accountId);
    },

    /** Makes the device of a signed-in account a known one. */
    remember: (trx: Trx, login: LoginTry & { accountId: number }): Promise<void> => remember(trx, login),

    /** How the subject of a wrong try that is nearest to its limit stands. */
    standing({ subjects }: CountedTry): Standing {
      const now = clock();
      const all = subjects.map(({ rule, counted }) => ({
        ...rateLimitOf(rule, counted, now),
        blocks: counted.blockedUntil !== undefined,
      }));
      return all.reduce((tightest, next) => (next.remaining < tightest.remaining ? next : tightest));
    },
  };
}

export type Limiter = ReturnType<typeof createLimiter>;

function passwordSubject(accountId: number): Subject {
  return { key: `password:${accountId}`, rule: personRule };
}

function refuseBlocked({ rule }: Subject, tries: Tries | undefined, now: number): void {
  if (tries === undefined || !isBlocked(tries, now)) return;
  const rateLimit = rateLimitOf(rule, tries, now);
  throw new AppError('too_many_requests', 'Too many wrong passwords. Wait before you try again.', {
    retryAfterS: rateLimit.resetS,
    rateLimit,
  });
}
