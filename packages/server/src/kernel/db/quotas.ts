import type { QuotaSetting } from '@gatehouse/contract/quotas';
import { AppError } from '../app-error.ts';
import type { Owner } from '../owner.ts';
import type { Settings } from '../settings/settings.ts';
import type { Trx } from './database.ts';

/** A creation that a quota may refuse. */
interface QuotaCheck {
  readonly trx: Trx;
  readonly settings: Settings;
}

/** What belongs to an account or an organization, by its table. */
type Owned = 'entries' | 'folders' | 'identities';

const ownedQuotas = {
  entries: { account: 'SERVERS_PER_ACCOUNT', organization: 'SERVERS_PER_ORGANIZATION' },
  folders: { account: 'FOLDERS_PER_ACCOUNT', organization: 'FOLDERS_PER_ORGANIZATION' },
  identities: { account: 'IDENTITIES_PER_ACCOUNT', organization: 'IDENTITIES_PER_ORGANIZATION' },
} as const satisfies Record<Owned, Record<Owner['type'], QuotaSetting>>;

/**
 * Throws `quota_exceeded` where the owner would have more than its quota with `added` more. To be called in the transaction that adds them, so
 * that two at the same time cannot both be the last.
 */
export async function requireOwnedQuota(
  { trx, settings }: QuotaCheck,
  table: Owned,
  owner: Owner,
  added = 1,
): Promise<void> {
  if (added === 0) return;
  const column = owner.type === 'account' ? 'account_id' : 'organization_id';
  const { count } = await trx
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(column, '=', owner.id)
    .executeTakeFirstOrThrow();
  requireQuota(settings, ownedQuotas[table][owner.type], count + added);
}

/** Throws `quota_exceeded` where `count`, with what is to be added, is above the quota. */
export function requireQuota(settings: Settings, setting: QuotaSetting, count: number): void {
  const limit = settings.get(setting);
  if (count <= limit) return;
  throw new AppError('quota_exceeded', `A quota is reached: ${setting} is ${limit}.`, {
    facts: { quota: { setting, limit } },
  });
}
