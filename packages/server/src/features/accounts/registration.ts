import type { IncomingHttpHeaders } from 'node:http';
import { actorOf, anonymousActor } from '../../audit/actor.ts';
import { record, systemActor, type Actor } from '../../audit/record.ts';
import { AppError, forbidden, invalid } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller, type Client } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import { passwordFault } from '../../vault/passwords/rules.ts';
import type { Secret } from '../../vault/secret.ts';
import { comesFromThisMachine, newSetupToken, type SetupToken } from './first-run.ts';
import { hasAccounts, insertAccount, isUsernameTaken } from './repository.ts';

interface Dependencies {
  readonly database: Database;
  readonly hasher: PasswordHasher;
  readonly passwordMinLength: number;
  readonly selfRegistration: boolean;
  readonly now: () => Date;
}

/** A person who gets an account. The password stays the caller's to destroy. */
export interface NewPerson {
  readonly username: string;
  readonly password: Secret;
  readonly firstName: string;
  readonly lastName: string;
}

interface Registration extends NewPerson {
  readonly setupToken: string | undefined;
  readonly client: Client;
  readonly headers: IncomingHttpHeaders;
}

/** The ways in which accounts come into being. */
export function createRegistration(dependencies: Dependencies) {
  const { database, hasher, passwordMinLength, selfRegistration, now } = dependencies;
  let setupToken: SetupToken | undefined;
  let someAccountExists = false;

  /** Once there is an account, there always is: the last administrator cannot be deleted. */
  async function isFirstRun(): Promise<boolean> {
    someAccountExists ||= await hasAccounts(database.read);
    return !someAccountExists;
  }

  function checkPassword({ username, password }: NewPerson): void {
    const fault = passwordFault(password, { minLength: passwordMinLength, username });
    if (fault !== undefined) throw invalid('password', fault);
  }

  async function insert(trx: Trx, person: NewPerson & { hash: string; isAdmin: boolean }, actor: Actor) {
    const { username, firstName, lastName, hash: passwordHash, isAdmin } = person;
    const usernameKey = username.toLowerCase();
    if (await isUsernameTaken(trx, usernameKey)) throw new AppError('conflict', `The username ${username} is taken.`);
    const createdAt = now().toISOString();
    const account = { username, usernameKey, firstName, lastName, passwordHash, isAdmin, createdAt };
    const id = await insertAccount(trx, account);
    await record(trx, {
      actor,
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

  function refuseStranger({ client, headers, setupToken: candidate }: Registration): void {
    if (comesFromThisMachine(client.ip, headers) || setupToken?.matches(candidate) === true) return;
    throw new AppError(
      'setup_token_required',
      'The first account needs the set-up token that the server printed when it started (setupToken).',
    );
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
    async ensureAdmin(admin: { readonly username: string; readonly password: Secret }): Promise<void> {
      if (!(await isFirstRun())) return;
      const person = { ...admin, firstName: admin.username, lastName: admin.username };
      checkPassword(person);
      const hash = await hasher.withSlot((passwords) => passwords.hash(person.password));
      await database.transaction(async (trx) => {
        // Another node may have been first.
        if (await hasAccounts(trx)) return;
        await insert(trx, { ...person, hash, isAdmin: true }, systemActor);
      });
    },

    /** Anybody's own account: the first, or where self-registration is on. */
    async register(registration: Registration): Promise<void> {
      if (await isFirstRun()) refuseStranger(registration);
      else if (!selfRegistration) throw registrationClosed();
      checkPassword(registration);
      await hasher.withSlot(async (passwords) => {
        // Whoever waited while another made the first account need not hash any more.
        const first = await isFirstRun();
        if (!first && !selfRegistration) throw registrationClosed();
        const hash = await passwords.hash(registration.password);
        await database.transaction(async (trx) => {
          const isAdmin = !(await hasAccounts(trx));
          if (!isAdmin && !selfRegistration) throw registrationClosed();
          const actor = anonymousActor(registration.client, registration.username);
          await insert(trx, { ...registration, hash, isAdmin }, actor);
        });
      });
    },

    /** An account for somebody else; for administrators. Throws `conflict` where the username is taken. */
    async createUser(caller: Caller, person: NewPerson): Promise<number> {
      requireAdmin(caller);
      checkPassword(person);
      const hash = await hasher.withSlot((passwords) => passwords.hash(person.password));
      return database.transaction((trx) => insert(trx, { ...person, hash, isAdmin: false }, actorOf(caller)));
    },
  };
}

function registrationClosed(): AppError {
  return forbidden('This server does not let people make accounts for themselves. Ask its administrator.');
}
