import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import { notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import { mergePreferences, readPreferences, type Preferences } from './preferences.ts';
import { findAccount, searchAccounts, updateAccount, type Account } from './repository.ts';

const maxFound = 20;

interface Names {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/** The account's own data, and the search for other accounts. */
export function createProfile({ database, change }: { readonly database: Database; readonly change: Change }) {
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

    /** Accounts that can be invited; for every signed-in caller. */
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
      const names = {
        ...(firstName === undefined ? {} : { first_name: firstName }),
        ...(lastName === undefined ? {} : { last_name: lastName }),
      };
      const fields = [firstName === undefined ? [] : ['firstName'], lastName === undefined ? [] : ['lastName']].flat();
      await change(caller, async (unit) => {
        await updateAccount(unit.trx, caller.accountId, { ...names, updated_at: unit.now });
        await recordUpdate(unit, fields);
      });
    },

    /** Merges into the preferences and resolves to all of them; throws `invalid_request` if they become too large or too deep. */
    updatePreferences: (caller: Caller, patch: Preferences): Promise<Preferences> =>
      change(caller, async (unit) => {
        const { trx, now } = unit;
        const account = await getAccount(trx, caller.accountId);
        const preferences = mergePreferences(preferencesOf(account), patch);
        const columns = { preferences: JSON.stringify(preferences), updated_at: now };
        await updateAccount(trx, caller.accountId, columns);
        await recordUpdate(unit, ['preferences']);
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

async function recordUpdate({ caller, record }: CallerUnitOfWork, fields: readonly string[]): Promise<void> {
  await record({
    action: 'account.update',
    resource: 'account',
    resourceId: caller.accountId,
    resourceName: caller.username,
    organizationId: null,
    outcome: 'ok',
    details: { fields },
  });
}
