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

/** The destination of the account's last login to an entry. */
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

/** Stores a login. A login through the entry as a jump host says nothing about the entry's own route, so the stored route stays. */
export async function saveLastLogin(
  trx: Trx,
  { accountId, entryId }: LastLoginKey,
  { at, destination }: LastLogin,
): Promise<void> {
  // The entry may have been deleted while the server answered; the session then ends by itself.
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
