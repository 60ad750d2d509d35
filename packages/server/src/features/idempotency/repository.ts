import type { Db, Trx } from '../../kernel/db/database.ts';

interface RequestKey {
  readonly accountId: number;
  readonly keyMac: Buffer;
}

/** The request of that key, unless it has expired. */
export function findRequest(db: Db, { accountId, keyMac }: RequestKey, now: string) {
  return db
    .selectFrom('idempotent_requests')
    .select(['request_mac', 'state', 'answer'])
    .where('account_id', '=', accountId)
    .where('key_mac', '=', keyMac)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** How many requests of an account have not expired. */
export async function countRequests(db: Db, accountId: number, now: string): Promise<number> {
  const { count } = await db
    .selectFrom('idempotent_requests')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

interface NewRequest extends RequestKey {
  readonly requestMac: Buffer;
  readonly expiresAt: string;
}

/** Records that a request has begun, replacing an expired one of the same key. */
export async function insertRequest(trx: Trx, { accountId, keyMac, requestMac, expiresAt }: NewRequest): Promise<void> {
  const begun = { request_mac: requestMac, state: 'begun', answer: null, expires_at: expiresAt } as const;
  await trx
    .insertInto('idempotent_requests')
    .values({ account_id: accountId, key_mac: keyMac, ...begun })
    .onConflict((conflict) => conflict.columns(['account_id', 'key_mac']).doUpdateSet(begun))
    .execute();
}

/** `answer` is null if it must not be stored. */
export async function finishRequest(
  trx: Trx,
  { accountId, keyMac, answer }: RequestKey & { readonly answer: string | null },
): Promise<void> {
  await trx
    .updateTable('idempotent_requests')
    .set({ state: 'done', answer })
    .where('account_id', '=', accountId)
    .where('key_mac', '=', keyMac)
    .execute();
}

/** Deletes a request whose answer is not stored, so that it can be repeated. */
export async function deleteRequest(trx: Trx, { accountId, keyMac }: RequestKey): Promise<void> {
  await trx
    .deleteFrom('idempotent_requests')
    .where('account_id', '=', accountId)
    .where('key_mac', '=', keyMac)
    .execute();
}

/** Deletes expired requests of all accounts, at most `atMost`; resolves to how many. */
export async function deleteExpired(trx: Trx, now: string, atMost: number): Promise<number> {
  const expired = trx
    .selectFrom('idempotent_requests')
    .select(['account_id', 'key_mac'])
    .where('expires_at', '<=', now)
    .limit(atMost);
  const { numDeletedRows } = await trx
    .deleteFrom('idempotent_requests')
    .where((where) => where(where.refTuple('account_id', 'key_mac'), 'in', expired.$asTuple('account_id', 'key_mac')))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
