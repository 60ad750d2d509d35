import type { Db, Trx } from '../../kernel/db/database.ts';

interface RequestKey {
  readonly accountId: number;
  readonly keyMac: Buffer;
}

export function findRequest(db: Db, { accountId, keyMac }: RequestKey) {
  return db
    .selectFrom('idempotent_requests')
    .select(['request_mac', 'state', 'answer'])
    .where('account_id', '=', accountId)
    .where('key_mac', '=', keyMac)
    .executeTakeFirst();
}

export async function countRequests(db: Db, accountId: number): Promise<number> {
  const { count } = await db
    .selectFrom('idempotent_requests')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

interface NewRequest extends RequestKey {
  readonly requestMac: Buffer;
  readonly expiresAt: string;
}

export async function insertRequest(trx: Trx, { accountId, keyMac, requestMac, expiresAt }: NewRequest): Promise<void> {
  await trx
    .insertInto('idempotent_requests')
    .values({
      account_id: accountId,
      key_mac: keyMac,
      request_mac: requestMac,
      state: 'begun',
      answer: null,
      expires_at: expiresAt,
    })
    .execute();
}

/** `answer` is null where it must not be kept. */
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

export async function deleteRequest(trx: Trx, { accountId, keyMac }: RequestKey): Promise<void> {
  await trx
    .deleteFrom('idempotent_requests')
    .where('account_id', '=', accountId)
    .where('key_mac', '=', keyMac)
    .execute();
}

/** Removes the expired requests of all accounts. */
export async function deleteExpired(trx: Trx, now: string): Promise<void> {
  await trx.deleteFrom('idempotent_requests').where('expires_at', '<=', now).execute();
}
