import type { Db } from '../kernel/db/database.ts';
import type { SealedRow, SealedRows } from './sealed-rows.ts';
import { systemSlot } from './system-secrets.ts';
import { keyCheckSlot, ownerKeySlot } from './keyring.ts';

const rowsPerPage = 100;

/** Each owner key, sealed with the master key, and its check value, sealed with that key. */
export const ownerKeyRows: SealedRows = { name: 'owner-key', each: eachOwnerKey };

/** The sealed secrets of the server itself. */
export const systemSecretRows: SealedRows = { name: 'system-secret', each: eachSystemSecret };

async function* eachOwnerKey(db: Db): AsyncGenerator<readonly SealedRow[]> {
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('owner_keys')
      .select(['id', 'key_id', 'owner_type', 'owner_id', 'wrapped', 'key_check'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(rowsPerPage)
      .execute();
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.flatMap(({ key_id, owner_type, owner_id, wrapped, key_check }) => {
      const owner = { type: owner_type, id: owner_id };
      return [
        { slot: ownerKeySlot(owner, key_id), frame: wrapped },
        { slot: keyCheckSlot(owner, key_id), frame: key_check },
      ];
    });
    after = last.id;
  }
}

/** One page: there are as many as the program has names for. */
async function* eachSystemSecret(db: Db): AsyncGenerator<readonly SealedRow[]> {
  const rows = await db.selectFrom('system_secrets').select(['name', 'frame']).orderBy('name').execute();
  yield rows.map(({ name, frame }) => ({ slot: systemSlot(name), frame }));
}
