import type { Db, Trx } from '../../../kernel/db/database.ts';
import { referencesExist } from '../registry/repository.ts';
import { destinationSchema, type Destination } from './destination.ts';

/** A login of an account to an entry. */
export interface LastLogin {
  readonly at: string;
  readonly destination: Destination;
}

interface LastLoginKey {
  readonly accountId: number;
  readonly entryId: number;
}

/** Where the account was at its last login to an entry. */
export async function findLastLogin(db: Db, { accountId, entryId }: LastLoginKey): Promise<LastLogin | undefined> {
  const row = await db
    .selectFrom('last_logins')
    .select(['logged_in_at', 'destination'])
    .where('account_id', '=', accountId)
    .where('entry_id', '=', entryId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { at: row.logged_in_at, destination: destinationSchema.parse(JSON.parse(row.destination)) };
}

/** Writes down a login. One that only went through the entry says nothing of the entry's own way, so what was known of that stays. */
export async function saveLastLogin(
  trx: Trx,
  { accountId, entryId }: LastLoginKey,
  { at, destination }: LastLogin,
): Promise<void> {
  // It may have been deleted while the server answered; the session then ends by itself.
  if (!(await referencesExist(trx, { account_id: accountId, entry_id: entryId, identity_id: null }))) return;
  const known = destination.jumpHosts === null ? await findLastLogin(trx, { accountId, entryId }) : undefined;
  const jumpHosts = destination.jumpHosts ?? known?.destination.jumpHosts ?? null;
  const row = { logged_in_at: at, destination: JSON.stringify({ ...destination, jumpHosts }) };
  await trx
    .insertInto('last_logins')
    .values({ account_id: accountId, entry_id: entryId, ...row })
    .onConflict((conflict) => conflict.columns(['account_id', 'entry_id']).doUpdateSet(row))
    .execute();
}
