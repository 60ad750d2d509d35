import type { Db } from './database.ts';

/** Rejects where the database does not answer a query. */
export async function ping(db: Db): Promise<void> {
  await db.selectFrom('instance').select('id').execute();
}
