import type { UnitOfWork } from '../../change/change.ts';
import { invalid, refuse } from '../../kernel/app-error.ts';
import { passwordFault } from '../../vault/passwords/rules.ts';
import type { Secret } from '../../vault/secret.ts';
import { insertAccount, isUsernameTaken } from './repository.ts';

/** The data of a new account. The caller destroys the password. */
export interface NewPerson {
  readonly username: string;
  readonly password: Secret;
  readonly firstName: string;
  readonly lastName: string;
}

/** Throws `invalid_request` for a weak password. */
export function checkPassword({ username, password }: NewPerson, minLength: number): void {
  const fault = passwordFault(password, { minLength, username });
  if (fault !== undefined) throw invalid('password', fault);
}

interface Addition {
  readonly person: NewPerson;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
}

/** Adds an account and records it; resolves to its id. Throws `conflict` if the username is taken. */
export async function addAccount(
  { trx, now, record }: UnitOfWork,
  { person, passwordHash, isAdmin }: Addition,
): Promise<number> {
  const { username, firstName, lastName } = person;
  const usernameKey = username.toLowerCase();
  if (await isUsernameTaken(trx, usernameKey)) throw refuse('username_taken', { username });
  const id = await insertAccount(trx, {
    username,
    usernameKey,
    firstName,
    lastName,
    passwordHash,
    isAdmin,
    createdAt: now,
  });
  await record({
    action: 'account.create',
    resource: 'account',
    resourceId: id,
    resourceName: username,
    organizationId: null,
    outcome: 'ok',
    details: { isAdmin },
  });
  return id;
}
