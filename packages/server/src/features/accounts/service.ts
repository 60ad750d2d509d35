import type { Database } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Auth } from '../auth/service.ts';
import { createProfile } from './profile.ts';
import { createRegistration } from './registration.ts';
import { createUsers } from './users.ts';

interface Dependencies {
  readonly database: Database;
  readonly events: Events;
  readonly auth: Pick<Auth, 'endSignIns' | 'forget'>;
  readonly hasher: PasswordHasher;
  readonly setupTokenFile: string;
  readonly vault: Pick<Vault, 'shredOwner'>;
  readonly settings: Settings;
  readonly now?: () => Date;
}

/** The people of this server. */
export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(dependencies: Dependencies) {
  const now = dependencies.now ?? (() => new Date());
  return {
    registration: createRegistration({ ...dependencies, now }),
    profile: createProfile({ ...dependencies, now }),
    users: createUsers({ ...dependencies, now }),
  };
}
