import { entryHash, genesisHash, type AuditRow } from '../src/audit/entry-hash.ts';
import { findHead } from '../src/audit/record.ts';
import type { Trx } from '../src/kernel/db/database.ts';

type Content = Omit<AuditRow, 'seq' | 'prev_hash' | 'hash'>;

/** Adds an entry to the chain as another version of the server may have written it: of any action, with any details. */
export async function addEntry(trx: Trx, content: Partial<Content>): Promise<void> {
  const head = await findHead(trx);
  const entry = {
    seq: (head?.seq ?? 0) + 1,
    timestamp: new Date().toISOString(),
    account_id: null,
    actor: 'system',
    via: 'system',
    ip_address: null,
    user_agent: null,
    organization_id: null,
    action: 'identity.create',
    resource: 'identity',
    resource_id: null,
    resource_name: null,
    outcome: 'ok',
    details: '{}',
    ...content,
    prev_hash: head?.hash ?? genesisHash,
  };
  await trx
    .insertInto('audit_log')
    .values({ ...entry, hash: entryHash(entry) })
    .execute();
}
