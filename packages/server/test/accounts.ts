import type { Caller } from '../src/kernel/caller.ts';
import type { Database } from '../src/kernel/db/database.ts';

/** Adds an account that cannot sign in, and returns it as a signed-in caller. */
export async function addAccount(
  database: Database,
  username: string,
  { isAdmin = false }: { readonly isAdmin?: boolean } = {},
): Promise<Caller> {
  const now = new Date().toISOString();
  const { id } = await database.transaction((trx) =>
    trx
      .insertInto('accounts')
      .values({
        username,
        username_key: username.toLowerCase(),
        first_name: username,
        last_name: 'Example',
        password_hash: '!',
        is_admin: isAdmin ? 1 : 0,
        created_at: now,
        updated_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const client = { ip: '192.0.2.1', userAgent: 'test', requestId: 'test' };
  return {
    accountId: id,
    username,
    isAdmin,
    via: { type: 'session', id: 1 },
    expiresAtMs: Infinity,
    scopes: 'all',
    client,
  };
}
