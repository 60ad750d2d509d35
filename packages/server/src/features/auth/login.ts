import { username as usernameSchema } from '@gatehouse/contract/accounts';
import { anonymousActor } from '../../audit/actor.ts';
import { record, type AuditEvent } from '../../audit/record.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { PasswordHasher, Passwords } from '../../vault/passwords/hasher.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Clock } from './clock.ts';
import type { CountedTry, Limiter, Standing } from './limiter.ts';
import { findLoginAccount, insertSession, replaceHash, type LoginAccount } from './repository.ts';
import { hashToken, newSessionToken } from './tokens.ts';

interface Dependencies {
  readonly database: Database;
  readonly hasher: PasswordHasher;
  readonly limiter: Limiter;
  readonly mac: (purpose: string, data: string) => Buffer;
  readonly clock: Clock;
  /** How long a session lasts, however active. */
  readonly absoluteMs: number;
}

interface Credentials {
  readonly username: string;
  /** Stays the caller's to destroy. */
  readonly password: Secret;
}

/**
 * Signs in with name and password and resolves to the token of a new session. Throws `invalid_credentials` for a wrong name and a wrong
 * password alike, after the same work, and `too_many_requests`. The password is hashed while nothing else waits: no transaction is open.
 */
export function createLogin({ database, hasher, limiter, mac, clock, absoluteMs }: Dependencies) {
  async function attempt(passwords: Passwords, client: Client, { username, password }: Credentials): Promise<string> {
    const usernameKey = usernameKeyOf(username);
    const account = await findLoginAccount(database.read, usernameKey);
    const login = { usernameKey, accountId: account?.id, client };
    const counted = await limiter.countLogin(login);
    const matches = await passwords.verify(password, account?.password_hash);
    if (account === undefined || !matches || account.disabled === 1) {
      await recordFailure({ client, username, account, matches, counted });
      throw invalidCredentials(limiter.standing(counted));
    }
    const renewed = passwords.isOutdated(account.password_hash) ? await passwords.hash(password) : undefined;
    const token = newSessionToken();
    await database.transaction(async (trx) => {
      await refuseChanged(trx, account);
      await limiter.succeedLogin(trx, { ...login, accountId: account.id }, counted);
      if (renewed !== undefined) await replaceHash(trx, account.id, { from: account.password_hash, to: renewed });
      const sessionId = await insertSession(trx, newSession(account.id, token, client));
      await record(trx, loginEvent(client, account, { outcome: 'ok', details: { sessionId } }));
    });
    return token;
  }

  /** While the hash was made, the account may have got another password, been disabled or deleted. */
  async function refuseChanged(trx: Parameters<typeof findLoginAccount>[0], account: LoginAccount): Promise<void> {
    const current = await findLoginAccount(trx, usernameKeyOf(account.username));
    const same = current?.id === account.id && current.password_hash === account.password_hash;
    if (!same || current.disabled === 1) throw invalidCredentials();
  }

  function newSession(accountId: number, token: string, { ip, userAgent }: Client) {
    const createdAt = clock();
    return { accountId, tokenHash: hashToken(token), ip, userAgent, createdAt, expiresAt: createdAt + absoluteMs };
  }

  async function recordFailure(failure: {
    client: Client;
    username: string;
    account: LoginAccount | undefined;
    matches: boolean;
    counted: CountedTry;
  }): Promise<void> {
    const { client, username, account, matches, counted } = failure;
    const details = {
      reason: account === undefined ? 'unknown-name' : matches ? 'disabled' : 'wrong-password',
      ...(limiter.standing(counted).blocks ? { blocks: true } : {}),
      ...(account === undefined ? attemptedName(username) : {}),
    };
    await database.transaction((trx) => record(trx, loginEvent(client, account, { outcome: 'failed', details })));
  }

  /** People type passwords into the field for the name: what cannot be a name is recorded only so that repetitions show. */
  function attemptedName(username: string) {
    return usernameSchema.safeParse(username).success
      ? { attemptedName: username }
      : { attemptedNameMac: mac('attempted-name', username).toString('hex').slice(0, 16) };
  }

  return async (client: Client, credentials: Credentials): Promise<string> => {
    const usernameKey = usernameKeyOf(credentials.username);
    const account = await findLoginAccount(database.read, usernameKey);
    await limiter.refuseBlocked({ usernameKey, accountId: account?.id, client });
    return hasher.withSlot((passwords) => attempt(passwords, client, credentials));
  };
}

/** Usernames are unique without regard to case. */
export function usernameKeyOf(username: string): string {
  return username.toLowerCase();
}

/** The answer to a wrong password; with `standing`, it says how many tries are left. */
export function invalidCredentials(standing?: Standing, message = 'The username or the password is wrong.'): AppError {
  if (standing === undefined) return new AppError('invalid_credentials', message);
  const { limit, remaining, resetS } = standing;
  return new AppError('invalid_credentials', message, { rateLimit: { limit, remaining, resetS } });
}

function loginEvent(
  client: Client,
  account: LoginAccount | undefined,
  result: Pick<AuditEvent, 'outcome' | 'details'>,
): AuditEvent {
  return {
    actor:
      account !== undefined && result.outcome === 'ok'
        ? { ...anonymousActor(client, account.username), accountId: account.id, via: 'session' }
        : anonymousActor(client, account?.username ?? ''),
    action: 'auth.login',
    resource: 'account',
    resourceId: account?.id ?? null,
    resourceName: account?.username ?? null,
    organizationId: null,
    ...result,
  };
}
