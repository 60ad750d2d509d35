import type { Trx } from '../../kernel/db/database.ts';

/** How many sign-ins above the quota end at once; the next sign-in ends further ones. */
const maxExcess = 1_000;

/**
 * Ends the account's sign-ins above `most`, least recently used first; resolves to their ids. If the new one were refused instead, an attacker who
 * knows the password could keep the owner out.
 */
export async function deleteLeastUsedSignIns(trx: Trx, accountId: number, most: number): Promise<number[]> {
  const rows = await trx
    .deleteFrom('login_sessions')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('login_sessions')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('last_activity_at', 'desc')
        .orderBy('id', 'desc')
        .limit(maxExcess)
        .offset(most),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
