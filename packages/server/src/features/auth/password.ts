import { actorOf } from '../../audit/actor.ts';
import { record, type AuditEvent } from '../../audit/record.ts';
import { AppError, forbidden, invalid, notFound } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { PasswordHasher, Passwords } from '../../vault/passwords/hasher.ts';
import { passwordFault } from '../../vault/passwords/rules.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Limiter } from './limiter.ts';
import { deleteSessions, findLoginAccountById, isActiveAdmin, replaceHash, type LoginAccount } from './repository.ts';

interface Dependencies {
  readonly database: Database;
  readonly events: Events;
  readonly hasher: PasswordHasher;
  readonly limiter: Limiter;
  /** In code points. */
  readonly passwordMinLength: () => number;
}

interface PasswordChange {
  readonly password: Secret;
  readonly currentPassword: Secret;
}

/** New passwords for accounts. The secrets stay the caller's to destroy. */
export function createPasswordChanges(dependencies: Dependencies) {
  const { database, hasher, passwordMinLength } = dependencies;

  function check(account: LoginAccount, password: Secret): void {
    const fault = passwordFault(password, { minLength: passwordMinLength(), username: account.username });
    if (fault !== undefined) throw invalid('password', fault);
  }

  return {
    /**
     * Changes the caller's own password and ends all its other sessions. Throws `invalid_credentials` where the current one is wrong, which is
     * counted, and `too_many_requests`.
     */
    async changePassword(caller: Caller, { password, currentPassword }: PasswordChange): Promise<void> {
      const account = await getAccount(database.read, caller.accountId);
      check(account, password);
      await hasher.withSlot(async (passwords) => {
        await confirm(dependencies, caller, { account, currentPassword, passwords });
        const hash = await passwords.hash(password);
        await replace(dependencies, { caller, account, hash, keepsSession: caller.credentialId });
      });
    },

    /**
     * Sets the password of somebody else and ends all sessions of that account; for administrators. Throws `not_found`, and `forbidden` for
     * the own account: whoever found an administrator's session open does not get the account for good.
     */
    async resetPassword(caller: Caller, id: number, password: Secret): Promise<void> {
      requireAdmin(caller);
      if (id === caller.accountId) throw forbidden('Change your own password with your current one.');
      const account = await getAccount(database.read, id);
      check(account, password);
      const hash = await hasher.withSlot((passwords) => passwords.hash(password));
      await replace(dependencies, { caller, account, hash, keepsSession: undefined });
    },
  };
}

async function confirm(
  { database, limiter }: Dependencies,
  caller: Caller,
  shown: { account: LoginAccount; currentPassword: Secret; passwords: Passwords },
): Promise<void> {
  const { account, currentPassword, passwords } = shown;
  const counted = await limiter.countPassword(account.id);
  if (await passwords.verify(currentPassword, account.password_hash)) return;
  const { rateLimit, blocks } = limiter.standing(counted);
  const details = { reason: 'wrong-password', ...(blocks ? { blocks } : {}) };
  await database.transaction((trx) => record(trx, passwordEvent(caller, account, { outcome: 'failed', details })));
  throw new AppError('invalid_credentials', 'The current password is wrong.', { rateLimit });
}

interface Replacement {
  readonly caller: Caller;
  readonly account: LoginAccount;
  readonly hash: string;
  /** The session in which somebody changes his own password. */
  readonly keepsSession: number | undefined;
}

async function replace({ database, events, limiter }: Dependencies, replacement: Replacement): Promise<void> {
  const { caller, account, hash, keepsSession } = replacement;
  const login = { usernameKey: account.username.toLowerCase(), accountId: account.id, client: caller.client };
  const ended = await database.transaction(async (trx) => {
    if (keepsSession === undefined) await requireAdminNow(trx, caller);
    // While this one was hashed, the account may have got another password or been deleted.
    if (!(await replaceHash(trx, account, hash)))
      throw new AppError('conflict', 'The account was changed meanwhile. Try again.');
    await limiter.forget(trx, login);
    if (keepsSession !== undefined) await limiter.remember(trx, login);
    const sessionIds = await deleteSessions(trx, account.id, keepsSession);
    const details = { sessionsEnded: sessionIds.length };
    await record(trx, passwordEvent(caller, account, { outcome: 'ok', details }));
    return sessionIds;
  });
  for (const id of ended) events.emit({ type: 'revoked', what: { kind: 'login-session', id, accountId: account.id } });
}

async function requireAdminNow(trx: Trx, caller: Caller): Promise<void> {
  if (!(await isActiveAdmin(trx, caller.accountId)))
    throw forbidden('Only an administrator of this server may do that.');
}

async function getAccount(db: Db, id: number): Promise<LoginAccount> {
  const account = await findLoginAccountById(db, id);
  if (account === undefined) throw notFound();
  return account;
}

function passwordEvent(
  caller: Caller,
  account: LoginAccount,
  result: Pick<AuditEvent, 'outcome' | 'details'>,
): AuditEvent {
  return {
    actor: actorOf(caller),
    action: 'account.password',
    resource: 'account',
    resourceId: account.id,
    resourceName: account.username,
    organizationId: null,
    ...result,
  };
}
