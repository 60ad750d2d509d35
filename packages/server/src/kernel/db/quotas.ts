import type { QuotaSetting } from '@gatehouse/contract/quotas';
import { refuse } from '../app-error.ts';
import type { Owner } from '../owner.ts';
import type { Settings } from '../settings/settings.ts';
import type { Database, Trx } from './database.ts';

/** What belongs to an account or an organization, by its table. */
type Owned = 'entries' | 'folders' | 'identities';

const ownedQuotas = {
  entries: { account: 'SERVERS_PER_ACCOUNT', organization: 'SERVERS_PER_ORGANIZATION' },
  folders: { account: 'FOLDERS_PER_ACCOUNT', organization: 'FOLDERS_PER_ORGANIZATION' },
  identities: { account: 'IDENTITIES_PER_ACCOUNT', organization: 'IDENTITIES_PER_ORGANIZATION' },
} as const satisfies Record<Owned, Record<Owner['type'], QuotaSetting>>;

/** The quotas on servers, folders and identities of accounts and organizations. */
export interface OwnedQuotas {
  /**
   * Throws `quota_exceeded` if the owner would exceed its quota with `added` more. Call it in the transaction that adds the rows or moves them to
   * another owner, so that two concurrent requests cannot both take the last place.
   */
  require(trx: Trx, table: Owned, owner: Owner, added?: number): Promise<void>;
}

/**
 * Counting rows takes longer the more there are. If all writers are in this process (SQLite), an upper bound is enough; rows are counted again only
 * when the bound exceeds the quota.
 */
export function createOwnedQuotas({ engine }: Pick<Database, 'engine'>, settings: Settings): OwnedQuotas {
  const atMost = engine === 'sqlite' ? new Map<string, number>() : undefined;
  return {
    async require(trx, table, owner, added = 1) {
      if (added === 0) return;
      const setting = ownedQuotas[table][owner.type];
      const key = `${table} ${owner.type} ${owner.id}`;
      const known = atMost?.get(key);
      const isEnough = known !== undefined && known + added <= settings.get(setting);
      const count = isEnough ? known : await countOwned(trx, table, owner);
      // Kept although the transaction may still fail: then the bound is too high, as after a deletion.
      atMost?.set(key, count + added);
      requireQuota(settings, setting, count + added);
    },
  };
}

async function countOwned(trx: Trx, table: Owned, owner: Owner): Promise<number> {
  const column = owner.type === 'account' ? 'account_id' : 'organization_id';
  const { count } = await trx
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(column, '=', owner.id)
    .executeTakeFirstOrThrow();
  return count;
}

/** Throws `quota_exceeded` if `count`, including the addition, is above the quota. */
export function requireQuota(settings: Settings, setting: QuotaSetting, count: number): void {
  const limit = settings.get(setting);
  if (count <= limit) return;
  throw refuse(
    'quota_reached',
    { setting, limit },
    {
      facts: { quota: { setting, limit } },
    },
  );
}
