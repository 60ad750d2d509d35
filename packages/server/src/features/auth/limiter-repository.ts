import type { Db, Trx } from '../../kernel/db/database.ts';
import { timestampOf } from './clock.ts';
import type { Attempts } from './limits.ts';

/** The count of a subject. */
export async function findAttempts(db: Db, subject: string): Promise<Attempts | undefined> {
  const row = await db
    .selectFrom('login_limits')
    .select(['failures', 'window_started_at', 'blocked_until'])
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    failures: row.failures,
    windowStartedAt: Date.parse(row.window_started_at),
    blockedUntil: row.blocked_until === null ? undefined : Date.parse(row.blocked_until),
  };
}

/** Stores the count of a subject; `undefined` deletes it. */
export async function storeAttempts(trx: Trx, subject: string, tries: Attempts | undefined): Promise<void> {
  if (tries === undefined) {
    await trx.deleteFrom('login_limits').where('subject', '=', subject).execute();
    return;
  }
  const values = {
    failures: tries.failures,
    window_started_at: timestampOf(tries.windowStartedAt),
    blocked_until: tries.blockedUntil === undefined ? null : timestampOf(tries.blockedUntil),
  };
  await trx
    .insertInto('login_limits')
    .values({ subject, ...values })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(values))
    .execute();
}

/** Whether the account has signed in from this device. */
export async function isKnownDevice(db: Db, accountId: number, device: string): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .select('device')
    .where('account_id', '=', accountId)
    .where('device', '=', device)
    .executeTakeFirst();
  return row !== undefined;
}

/** Stores a known device of an account; keeps only the `atMost` that signed in last. */
export async function rememberDevice(
  trx: Trx,
  { accountId, device, seenAt, atMost }: { accountId: number; device: string; seenAt: number; atMost: number },
): Promise<void> {
  const last_seen_at = timestampOf(seenAt);
  await trx
    .insertInto('known_devices')
    .values({ account_id: accountId, device, last_seen_at })
    .onConflict((conflict) => conflict.columns(['account_id', 'device']).doUpdateSet({ last_seen_at }))
    .execute();
  const surplus = trx
    .selectFrom('known_devices')
    .select('device')
    .where('account_id', '=', accountId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('device')
    .limit(1000)
    .offset(atMost);
  await trx.deleteFrom('known_devices').where('account_id', '=', accountId).where('device', 'in', surplus).execute();
}

/** Deletes the known devices of an account. */
export async function forgetDevices(trx: Trx, accountId: number): Promise<void> {
  await trx.deleteFrom('known_devices').where('account_id', '=', accountId).execute();
}
