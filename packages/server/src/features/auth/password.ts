import type { Change } from '../../change/change.ts';
import { forbidden, invalid, refuse } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import { passwordFault } from '../../vault/passwords/rules.ts';
import type { Secret } from '../../vault/secret.ts';
import { replaceHash } from '../accounts/public-repository.ts';
import { confirmPassword } from './confirm-password.ts';
import type { Limiter } from './limiter.ts';
import { deleteApiKeys, deleteSignIns, getSignInAccount, isActiveAdmin, type SignInAccount } from './repository.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly hasher: PasswordHasher;
  readonly limiter: Limiter;
  /** In code points. */
  readonly passwordMinLength: () => number;
}

interface PasswordChange {
  readonly password: Secret;
  readonly currentPassword: Secret;
  readonly endApiKeys: boolean;
}

/** Changes passwords of accounts. The caller destroys the secrets. */
export function createPasswordChanges(dependencies: Dependencies) {
  const { database, hasher, passwordMinLength } = dependencies;

  function check(account: SignInAccount, password: Secret): void {
    const fault = passwordFault(password, { minLength: passwordMinLength(), username: account.username });
    if (fault !== undefined) throw invalid('password', fault);
  }

  return {
    /**
     * Changes the caller's own password, and ends their other sign-ins and, if asked, their API keys. Throws `invalid_credentials` if the current one
     * is wrong, which is counted, and `too_many_requests`.
     */
    async changePassword(caller: Caller, { password, currentPassword, endApiKeys }: PasswordChange): Promise<void> {
      const account = await getSignInAccount(database.read, caller.accountId);
      check(account, password);
      await hasher.run(async (passwords) => {
        const attempt = passwordRecord(account);
        await confirmPassword(dependencies, { caller, account, currentPassword, passwords, attempt });
        const hash = await passwords.hash(password);
        await replace(dependencies, { caller, account, hash, keepsSession: caller.via.id, endApiKeys });
      });
    },

    /**
     * Sets the password of another account and ends its sign-ins and API keys; for administrators. Throws `not_found`, and `forbidden` for their own
     * account: an attacker with an administrator's open sign-in must not get the account permanently.
     */
    async resetPassword(caller: Caller, id: number, password: Secret): Promise<void> {
      requireAdmin(caller);
      if (id === caller.accountId) throw forbidden('own_password_needs_current');
      const account = await getSignInAccount(database.read, id);
      check(account, password);
      const hash = await hasher.run((passwords) => passwords.hash(password));
      await replace(dependencies, { caller, account, hash, keepsSession: undefined, endApiKeys: true });
    },
  };
}

interface Replacement {
  readonly caller: Caller;
  readonly account: SignInAccount;
  readonly hash: string;
  /** The sign-in in which the caller changes their own password. */
  readonly keepsSession: number | undefined;
  readonly endApiKeys: boolean;
}

async function replace({ change, limiter }: Dependencies, replacement: Replacement): Promise<void> {
  const { caller, account, hash, keepsSession, endApiKeys } = replacement;
  const login = { usernameKey: account.username.toLowerCase(), accountId: account.id, client: caller.client };
  await change(caller, async ({ trx, record, emit }) => {
    if (keepsSession === undefined) await requireAdminNow(trx, caller);
    // While it was hashed, the password may have been changed or the account deleted.
    if (!(await replaceHash(trx, account, hash))) throw refuse('account_changed_meanwhile');
    await limiter.forget(trx, login);
    if (keepsSession !== undefined) await limiter.remember(trx, login);
    const sessionIds = await deleteSignIns(trx, account.id, keepsSession);
    const apiKeyIds = endApiKeys ? await deleteApiKeys(trx, account.id) : [];
    const details = { sessionsEnded: sessionIds.length, apiKeysEnded: apiKeyIds.length };
    await record({ ...passwordRecord(account), outcome: 'ok', details });
    const tellEnded = (kind: 'login-session' | 'api-key', id: number) => {
      emit({ type: 'revoked', what: { kind, id, accountId: account.id } });
    };
    for (const id of sessionIds) tellEnded('login-session', id);
    for (const id of apiKeyIds) tellEnded('api-key', id);
  });
}

async function requireAdminNow(trx: Trx, caller: Caller): Promise<void> {
  if (!(await isActiveAdmin(trx, caller.accountId))) throw forbidden('administrator_required');
}

function passwordRecord(account: SignInAccount) {
  return {
    action: 'account.password',
    resource: 'account',
    resourceId: account.id,
    resourceName: account.username,
    organizationId: null,
  } as const;
}
