import type { Trx } from '../../kernel/db/database.ts';

interface Use {
  readonly identityId: number;
  readonly entryId: number;
  readonly outcome: 'ok' | 'failed';
}

/** Records on the link when its identity was last used for a login to its entry. A deleted link is skipped. */
export async function markLinkUsed(trx: Trx, use: Use, last_used_at: string): Promise<void> {
  await trx
    .updateTable('entry_identities')
    .set({ last_used_at, last_outcome: use.outcome })
    .where('identity_id', '=', use.identityId)
    .where('entry_id', '=', use.entryId)
    .execute();
}

/** Unlinks an account's personal identities from the entries of an organization; resolves to the number of removed links. */
export async function unlinkPersonalIdentities(trx: Trx, organizationId: number, accountId: number): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('entry_identities')
    .where('identity_id', 'in', (query) =>
      query.selectFrom('identities').select('id').where('account_id', '=', accountId),
    )
    .where('entry_id', 'in', (query) =>
      query.selectFrom('entries').select('id').where('organization_id', '=', organizationId),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
