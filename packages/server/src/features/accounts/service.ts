import type { Change } from '../../change/change.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Auth } from '../auth/service.ts';
import { createProfile } from './profile.ts';
import { createRegistration } from './registration.ts';
import { createUsers } from './users.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly auth: Pick<Auth, 'endSignIns' | 'forget'>;
  readonly hasher: PasswordHasher;
  readonly setupTokenFile: string;
  readonly vault: Pick<Vault, 'shredOwner'>;
  readonly settings: Settings;
}

/** The accounts of this installation. */
export type Accounts = ReturnType<typeof createAccounts>;

/** Accounts: `registration` of new ones, `profile` by themselves, `users` by administrators. */
export function createAccounts(dependencies: Dependencies) {
  return {
    registration: createRegistration(dependencies),
    profile: createProfile(dependencies),
    users: createUsers(dependencies),
  };
}
