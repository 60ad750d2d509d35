import type { Trx } from '../../kernel/db/database.ts';

/** How many sign-ins above the quota end at once; the next sign-in ends more. */
const maxExcess = 1_000;

/**
 * Ends the sign-ins of an account above `most`, those unused for longest first; resolves to their ids. Refusing the new one instead would let
 * whoever knows the password keep its owner out.
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
