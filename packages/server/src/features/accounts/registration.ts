import { anonymousActor, systemActor } from '../../audit/actor.ts';
import type { Change } from '../../change/change.ts';
import { forbidden } from '../../kernel/app-error.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Secret } from '../../vault/secret.ts';
import { createFirstRun } from './first-run.ts';
import { addAccount, checkPassword, type NewPerson } from './new-account.ts';
import { countAccounts, hasAccounts } from './repository.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly hasher: PasswordHasher;
  /** The file of the set-up token until it is used. */
  readonly setupTokenFile: string;
  readonly settings: Settings;
}

interface Registration extends NewPerson {
  readonly setupToken?: string | undefined;
  readonly client: Client;
}

/** The first account, and self-registration. */
export function createRegistration(dependencies: Dependencies) {
  const { database, change, hasher, settings, setupTokenFile } = dependencies;
  const firstRun = createFirstRun(database, setupTokenFile);

  async function admit({ setupToken }: Registration): Promise<void> {
    if (!(await firstRun.isNow())) requireSelfRegistration(settings);
    else firstRun.requireToken(setupToken);
  }

  return {
    /** Whether there is no account yet. */
    isFirstRun: (): Promise<boolean> => firstRun.isNow(),

    /** While no account exists, creates the token that the first registration needs; the caller prints it. */
    openSetup: (): Promise<string | undefined> => firstRun.openSetup(),

    /** Creates the first account from the configuration, if there is none yet; throws `invalid_request` for a weak password. */
    async ensureAdmin({ username, password }: { readonly username: string; readonly password: Secret }): Promise<void> {
      if (!(await firstRun.isNow())) return;
      const person = { username, password, firstName: username, lastName: username };
      checkPassword(person, settings.get('PASSWORD_MIN_LENGTH'));
      const passwordHash = await hasher.run((passwords) => passwords.hash(password));
      await change.by(systemActor, async (unit) => {
        // Another node may have been first.
        if (!(await hasAccounts(unit.trx))) await addAccount(unit, { person, passwordHash, isAdmin: true });
      });
    },

    /**
     * Creates the first account, an administrator, or with self-registration the caller's own. Throws `setup_token_required`, `forbidden`,
     * `conflict`, `too_many_requests`.
     */
    async register(registration: Registration): Promise<void> {
      await admit(registration);
      checkPassword(registration, settings.get('PASSWORD_MIN_LENGTH'));
      await hasher.run(async (passwords) => {
        // Checked again: another request may have created the first account meanwhile.
        await admit(registration);
        const passwordHash = await passwords.hash(registration.password);
        const actor = anonymousActor(registration.client, registration.username);
        await change.by(actor, async (unit) => {
          const isAdmin = !(await hasAccounts(unit.trx));
          if (!isAdmin) {
            requireSelfRegistration(settings);
            requireQuota(settings, 'REGISTERED_ACCOUNTS', (await countAccounts(unit.trx)) + 1);
          }
          await addAccount(unit, { person: registration, passwordHash, isAdmin });
        });
        // The token is used, so its file is removed.
        await firstRun.isNow();
      });
    },
  };
}

function requireSelfRegistration(settings: Settings): void {
  if (!settings.get('SELF_REGISTRATION')) throw forbidden('registration_closed');
}
