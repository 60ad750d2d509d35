import { AppError, type RateLimit } from '../../kernel/app-error.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher, Passwords } from '../../vault/passwords/hasher.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Clock } from './clock.ts';
import type { CountedTry, Limiter } from './limiter.ts';
import { recordFailedLogin, recordLogin, recordSpraying } from './login-record.ts';
import { findLoginAccount, insertSession, replaceHash, type LoginAccount } from './repository.ts';
import { deleteLeastUsedSessions } from './session-repository.ts';
import type { SprayWatch } from './spraying.ts';
import { accountPrefix, type LoginTry, type Mac } from './subjects.ts';
import { hashToken, newSessionToken } from './tokens.ts';

interface Dependencies {
  readonly database: Database;
  readonly hasher: PasswordHasher;
  readonly limiter: Limiter;
  readonly mac: Mac;
  readonly spraying: SprayWatch;
  readonly logger: Logger;
  readonly clock: Clock;
  /** How long a session lasts, however active. */
  readonly absoluteMs: () => number;
  readonly events: Events;
  readonly settings: Settings;
}

export interface Credentials {
  readonly username: string;
  /** Stays the caller's to destroy. */
  readonly password: Secret;
}

/** Resolves to the token of a new session. */
export type Login = (client: Client, credentials: Credentials) => Promise<string>;

/**
 * Signs in with name and password. Throws `invalid_credentials` for a wrong name and a wrong password alike, after the same work, and
 * `too_many_requests`.
 */
export function createLogin(dependencies: Dependencies): Login {
  const { database, hasher, limiter } = dependencies;
  return async (client, { username, password }) => {
    const tried = { username, password, ...(await findTarget(database.read, client, username)) };
    await limiter.refuseBlocked(tried.login);
    return hasher.withSlot((passwords) => attempt(dependencies, passwords, tried));
  };
}

interface Tried extends Credentials {
  readonly login: LoginTry;
  readonly account: LoginAccount | undefined;
}

async function attempt(dependencies: Dependencies, passwords: Passwords, tried: Tried): Promise<string> {
  const { limiter } = dependencies;
  const { login, account, password } = tried;
  const counted = await limiter.countLogin(login);
  const matches = await passwords.verify(password, account?.password_hash);
  if (account === undefined || !matches || account.disabled === 1) {
    await recordFailure(dependencies, tried, { matches, counted });
    throw invalidCredentials(limiter.standing(counted).rateLimit);
  }
  const renewedHash = passwords.isOutdated(account.password_hash) ? await passwords.hash(password) : undefined;
  const token = newSessionToken();
  const ended = await dependencies.database.transaction(async (trx) => {
    await refuseChanged(trx, account);
    await limiter.succeed(trx, { ...login, accountId: account.id }, counted);
    if (renewedHash !== undefined) await replaceHash(trx, account, renewedHash);
    const sessionId = await insertSession(trx, newSession(dependencies, account.id, token, login.client));
    await recordLogin(trx, login.client, account, sessionId);
    return deleteLeastUsedSessions(trx, account.id, dependencies.settings.get('SIGN_INS_PER_ACCOUNT'));
  });
  for (const id of ended)
    dependencies.events.emit({ type: 'revoked', what: { kind: 'login-session', id, accountId: account.id } });
  return token;
}

async function findTarget(db: Db, client: Client, username: string): Promise<Pick<Tried, 'login' | 'account'>> {
  const usernameKey = usernameKeyOf(username);
  const account = await findLoginAccount(db, usernameKey);
  return { account, login: { usernameKey, accountId: account?.id, client } };
}

async function recordFailure(
  { database, limiter, mac, spraying, logger, clock }: Dependencies,
  { login: { client }, username, account }: Tried,
  { matches, counted }: { matches: boolean; counted: CountedTry },
): Promise<void> {
  const reason = account === undefined ? 'unknown-name' : matches ? 'disabled' : 'wrong-password';
  const { blocks } = limiter.standing(counted);
  // What is tried from a device that its account knows is a mistake of a person.
  const tried = counted.find(({ key }) => key.startsWith(accountPrefix));
  const sprayed = tried === undefined ? undefined : spraying.note(tried.key, clock());
  await database.transaction(async (trx) => {
    await recordFailedLogin(trx, mac, { client, username, account, reason, blocks });
    if (sprayed !== undefined) await recordSpraying(trx, sprayed);
  });
  if (sprayed !== undefined)
    logger.warn({ accounts: sprayed }, 'Wrong passwords of many accounts: one password may be tried on all of them.');
}

/** While the hash was made, the account may have got another password, been disabled or deleted. */
async function refuseChanged(trx: Trx, account: LoginAccount): Promise<void> {
  const current = await findLoginAccount(trx, usernameKeyOf(account.username));
  const same = current?.id === account.id && current.password_hash === account.password_hash;
  if (!same || current.disabled === 1) throw invalidCredentials();
}

function newSession({ clock, absoluteMs }: Dependencies, accountId: number, token: string, client: Client) {
  const { ip, userAgent } = client;
  const createdAt = clock();
  return { accountId, tokenHash: hashToken(token), ip, userAgent, createdAt, expiresAt: createdAt + absoluteMs() };
}

/** Usernames are unique without regard to case. */
function usernameKeyOf(username: string): string {
  return username.toLowerCase();
}

function invalidCredentials(rateLimit?: RateLimit): AppError {
  const message = 'The username or the password is wrong.';
  return new AppError('invalid_credentials', message, rateLimit === undefined ? {} : { rateLimit });
}
