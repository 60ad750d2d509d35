import type { Trx } from '../../kernel/db/database.ts';

interface Hashed {
  readonly id: number;
  /** The hash that was read before. */
  readonly password_hash: string;
}

/** Replaces the password hash of an account; resolves to whether it still had the hash that was read before. */
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
