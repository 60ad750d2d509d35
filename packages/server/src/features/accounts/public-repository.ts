import type { Trx } from '../../kernel/db/database.ts';

interface Hashed {
  readonly id: number;
  /** The hash that the account was read with. */
  readonly password_hash: string;
}

/** Stores another hash of a password for an account; resolves to whether it still had the one that it was read with. */
export async function replaceHash(trx: Trx, account: Hashed, hash: string): Promise<boolean> {
  const row = await trx
    .updateTable('accounts')
    .set({ password_hash: hash })
    .where('id', '=', account.id)
    .where('password_hash', '=', account.password_hash)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
