import { refuse } from '../../../kernel/app-error.ts';
import type { Database } from '../../../kernel/db/database.ts';
import type { PasswordHasher } from '../../../vault/passwords/hasher.ts';
import type { Secret } from '../../../vault/secret.ts';
import { findSignInAccount } from '../repository.ts';
import { replaceHash } from '../../accounts/public-repository.ts';
import type { SignInAttempt, SignInMethod } from './method.ts';

interface Dependencies {
  readonly database: Database;
  readonly hasher: PasswordHasher;
}

/** A username and a password as sent. */
export interface PasswordCredentials {
  readonly username: string;
  /** The caller destroys it. */
  readonly password: Secret;
}

type PasswordAttempt = SignInAttempt & PasswordCredentials;

/** Signs in with username and password. A wrong username and a wrong password get the same answer, after the same work. */
export function createPasswordMethod({
  database,
  hasher,
}: Dependencies): SignInMethod<PasswordCredentials, PasswordAttempt> {
  return {
    id: 'password',
    provider: { id: 'internal', type: 'internal', name: 'Username and password', isInternal: true },
    async begin(client, { username, password }) {
      // Usernames are unique without regard to case.
      const usernameKey = username.toLowerCase();
      const account = await findSignInAccount(database.read, usernameKey);
      return { username, password, account, claimed: { usernameKey, accountId: account?.id, client } };
    },
    complete: ({ account, password }, end) =>
      hasher.run(async (passwords) => {
        const counted = await end.count();
        const matches = await passwords.verify(password, account?.password_hash);
        if (account === undefined) return counted.refuse('unknown-name');
        if (!matches) return counted.refuse('wrong-password');
        if (account.disabled === 1) return counted.refuse('disabled');
        const renewedHash = passwords.isOutdated(account.password_hash) ? await passwords.hash(password) : undefined;
        return counted.accept({
          account,
          async confirm(trx, current) {
            // While the hash was computed, the password may have been changed.
            if (current.password_hash !== account.password_hash) return false;
            if (renewedHash !== undefined) await replaceHash(trx, account, renewedHash);
            return true;
          },
        });
      }),
    refusal(rateLimit) {
      return refuse('credentials_wrong', rateLimit === undefined ? {} : { rateLimit });
    },
  };
}
