import { actorOf } from '../../audit/actor.ts';
import { record } from '../../audit/record.ts';
import { notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db, Trx } from '../../kernel/db/database.ts';
import { mergePreferences, readPreferences, type Preferences } from './preferences.ts';
import { findAccount, searchAccounts, updateAccount, type Account } from './repository.ts';

const maxFound = 20;

interface Names {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/** What an account sees and changes of itself, and finds of others. */
export function createProfile({ database, now }: { readonly database: Database; readonly now: () => Date }) {
  return {
    async me(caller: Caller) {
      const account = await getAccount(database.read, caller.accountId);
      return {
        id: account.id,
        username: account.username,
        firstName: account.first_name,
        lastName: account.last_name,
        totpEnabled: false,
        isAdmin: account.is_admin === 1,
        permissions: [],
        preferences: preferencesOf(account),
        avatarHash: null,
      };
    },

    /** Accounts that can be invited, for everybody who signed in. */
    async search(_caller: Caller, search: string) {
      const rows = await searchAccounts(database.read, search, maxFound);
      return rows.map(({ id, username, first_name, last_name }) => ({
        id,
        username,
        firstName: first_name,
        lastName: last_name,
      }));
    },

    async changeName(caller: Caller, { firstName, lastName }: Names): Promise<void> {
      const change = {
        ...(firstName === undefined ? {} : { first_name: firstName }),
        ...(lastName === undefined ? {} : { last_name: lastName }),
        updated_at: now().toISOString(),
      };
      const fields = [firstName === undefined ? [] : ['firstName'], lastName === undefined ? [] : ['lastName']].flat();
      await database.transaction(async (trx) => {
        await updateAccount(trx, caller.accountId, change);
        await recordUpdate(trx, caller, fields);
      });
    },

    /** Merges into the preferences and resolves to all of them; throws `invalid_request` where they get too large or too deep. */
    updatePreferences: (caller: Caller, patch: Preferences): Promise<Preferences> =>
      database.transaction(async (trx) => {
        const account = await getAccount(trx, caller.accountId);
        const preferences = mergePreferences(preferencesOf(account), patch);
        const change = { preferences: JSON.stringify(preferences), updated_at: now().toISOString() };
        await updateAccount(trx, caller.accountId, change);
        await recordUpdate(trx, caller, ['preferences']);
        return preferences;
      }),
  };
}

async function getAccount(db: Db, id: number): Promise<Account> {
  const account = await findAccount(db, id);
  if (account === undefined) throw notFound();
  return account;
}

function preferencesOf({ preferences }: Account): Preferences {
  return readPreferences(JSON.parse(preferences));
}

async function recordUpdate(trx: Trx, caller: Caller, fields: readonly string[]): Promise<void> {
  await record(trx, {
    actor: actorOf(caller),
    action: 'account.update',
    resource: 'account',
    resourceId: caller.accountId,
    resourceName: caller.username,
    organizationId: null,
    outcome: 'ok',
    details: { fields },
  });
}
