import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../src/kernel/app-error.ts';
import type { Client } from '../src/kernel/caller.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { createEvents, type Event } from '../src/kernel/events.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { createSettings } from '../src/kernel/settings/settings.ts';
import { createAccounts } from '../src/features/accounts/service.ts';
import { createAuth } from '../src/features/auth/service.ts';
import { createPasswordHasher } from '../src/vault/passwords/hasher.ts';
import { Secret } from '../src/vault/secret.ts';
import { changeOn } from './change-on.ts';
import { temporaryDirectory, temporarySqlite } from './temporary-sqlite.ts';

/** As cheap as argon2 goes, for tests of what is around it. */
export const cheapCosts = { memoryKiB: 8, passes: 1 };

export const goodPassword = 'correct horse battery staple';

/** A clock that a test sets: both what the wall shows and what really passes. */
export class FakeTime {
  wallMs = Date.UTC(2026, 0, 15, 12);
  elapsedMs = 0;

  pass(ms: number): void {
    this.wallMs += ms;
    this.elapsedMs += ms;
  }
}

export function clientAt(ip: string, userAgent = 'test/1'): Client {
  return { ip, userAgent, requestId: 'test' };
}

export const local = clientAt('127.0.0.1');

/** `ok`, or the code with which something was refused. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

interface Options {
  readonly selfRegistration?: boolean;
  readonly costs?: { memoryKiB: number; passes: number };
  readonly time?: FakeTime;
}

/** Accounts and sign-in on a real database, with cheap hashes and, if given, a clock of the test's own. */
export function createPeople(database: Database, { selfRegistration = false, costs = cheapCosts, time }: Options = {}) {
  const events = createEvents();
  const seen: Event[] = [];
  events.subscribe((event) => seen.push(event));
  const shredded: unknown[] = [];
  const vault = {
    mac: (purpose: string, data: string | Uint8Array) =>
      createHmac('sha256', 'key of the test').update(purpose).update('\0').update(data).digest(),
    shredOwner: (_trx: unknown, owner: unknown) => Promise.resolve(void shredded.push(owner)),
  };
  const hasher = createPasswordHasher(costs);
  const directory = temporaryDirectory();
  const setupTokenFile = join(directory.path, 'setup-token');
  const now = () => new Date(time?.wallMs ?? Date.now());
  const monotonicMs = () => time?.elapsedMs ?? performance.now();
  const settings = createSettings(
    new Map([['SELF_REGISTRATION', { source: 'environment', text: String(selfRegistration) }]]),
  );
  const change = changeOn(database, events, now);
  const auth = createAuth({
    database,
    events,
    change,
    logger: createLogger('silent'),
    hasher,
    vault,
    settings,
    now,
    monotonicMs,
  });
  const accounts = createAccounts({
    database,
    change,
    auth,
    hasher,
    setupTokenFile,
    vault,
    settings,
  });

  const login = (username: string, password = goodPassword, client = local) =>
    auth.signIn.password(client, { username, password: Secret.fromText(password) });
  return {
    auth,
    accounts,
    events: seen,
    shredded,
    login,
    person: (username: string, password = goodPassword) => ({
      username,
      password: Secret.fromText(password),
      firstName: 'First',
      lastName: 'Last',
    }),
    /** Registers, the first account with the set-up token. */
    async register(username: string, password = goodPassword) {
      const setupToken = await accounts.registration.openSetup();
      return accounts.registration.register({ ...this.person(username, password), client: local, setupToken });
    },
    /** Signs in and resolves to the caller that the token makes. */
    async signIn(username: string, client = local) {
      return auth.authenticate(await login(username, goodPassword, client), client);
    },
    /** The first account, an administrator called `root`, signed in. */
    async signInAdmin() {
      await this.register('root');
      return this.signIn('root');
    },
    auditLog: () => database.read.selectFrom('audit_log').selectAll().orderBy('seq').execute(),
    setupTokenFile,
    async [Symbol.asyncDispose]() {
      await auth[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
}

/** As `createPeople`, on an empty SQLite database that goes with it. */
export async function temporaryPeople(options: Options = {}) {
  const temporary = await temporarySqlite();
  const people = createPeople(temporary.db, options);
  return {
    ...people,
    database: temporary.db,
    dataDir: temporary.dataDir,
    async [Symbol.asyncDispose]() {
      await people[Symbol.asyncDispose]();
      await temporary[Symbol.asyncDispose]();
    },
  };
}
