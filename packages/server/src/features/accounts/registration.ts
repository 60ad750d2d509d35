import type { IncomingHttpHeaders } from 'node:http';
import { anonymousActor } from '../../audit/actor.ts';
import { systemActor } from '../../audit/record.ts';
import { AppError, forbidden } from '../../kernel/app-error.ts';
import type { Client } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Secret } from '../../vault/secret.ts';
import { comesFromThisMachine, newSetupToken, type SetupToken } from './first-run.ts';
import { addAccount, checkPassword, type NewPerson } from './new-account.ts';
import { hasAccounts } from './repository.ts';

interface Dependencies {
  readonly database: Database;
  readonly hasher: PasswordHasher;
  readonly passwordMinLength: number;
  readonly selfRegistration: boolean;
  readonly now: () => Date;
}

interface Registration extends NewPerson {
  readonly setupToken?: string | undefined;
  readonly client: Client;
  readonly headers: IncomingHttpHeaders;
}

/** How a server gets its first account, and people make their own. */
export function createRegistration(dependencies: Dependencies) {
  const { database, hasher, passwordMinLength, selfRegistration, now } = dependencies;
  let setupToken: SetupToken | undefined;
  let someAccountExists = false;

  /** Once there is an account, there always is: the last administrator cannot be deleted. */
  async function isFirstRun(): Promise<boolean> {
    someAccountExists ||= await hasAccounts(database.read);
    return !someAccountExists;
  }

  async function admit(registration: Registration): Promise<void> {
    if (!(await isFirstRun())) requireSelfRegistration(selfRegistration);
    else if (!comesFromThisMachine(registration.client.ip, registration.headers))
      requireSetupToken(setupToken, registration.setupToken);
  }

  return {
    isFirstRun,

    /** While no account exists, makes the token that a first registration from elsewhere needs; the caller prints it. */
    async openSetup(): Promise<string | undefined> {
      if (!(await isFirstRun())) return undefined;
      setupToken = newSetupToken();
      return setupToken.text;
    },

    /** Makes the first account from the configuration, if there is none yet; throws `invalid_request` for a password that is too weak. */
    async ensureAdmin({ username, password }: { readonly username: string; readonly password: Secret }): Promise<void> {
      if (!(await isFirstRun())) return;
      const person = { username, password, firstName: username, lastName: username };
      checkPassword(person, passwordMinLength);
      const passwordHash = await hasher.withSlot((passwords) => passwords.hash(password));
      const account = { person, passwordHash, isAdmin: true, actor: systemActor, now: now() };
      await database.transaction(async (trx) => {
        // Another node may have been first.
        if (!(await hasAccounts(trx))) await addAccount(trx, account);
      });
    },

    /**
     * Makes the first account, an administrator, or where self-registration is on one's own. Throws `setup_token_required`, `forbidden`,
     * `conflict`, `too_many_requests`.
     */
    async register(registration: Registration): Promise<void> {
      await admit(registration);
      checkPassword(registration, passwordMinLength);
      await hasher.withSlot(async (passwords) => {
        // Whoever waited while another made the first account need not hash any more.
        await admit(registration);
        const passwordHash = await passwords.hash(registration.password);
        const actor = anonymousActor(registration.client, registration.username);
        await database.transaction(async (trx) => {
          const isAdmin = !(await hasAccounts(trx));
          if (!isAdmin) requireSelfRegistration(selfRegistration);
          await addAccount(trx, { person: registration, passwordHash, isAdmin, actor, now: now() });
        });
      });
    },
  };
}

function requireSetupToken(setupToken: SetupToken | undefined, candidate: string | undefined): void {
  if (setupToken?.matches(candidate) === true) return;
  throw new AppError(
    'setup_token_required',
    'The first account needs the set-up token that the server printed when it started (setupToken).',
  );
}

function requireSelfRegistration(selfRegistration: boolean): void {
  if (!selfRegistration)
    throw forbidden('This server does not let people make accounts for themselves. Ask its administrator.');
}
