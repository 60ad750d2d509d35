import type { Database, Db, Trx } from '../kernel/db/database.ts';
import { openFrame, frameKeyId, sealFrame } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { consume, type Secret } from './secret.ts';
import { systemOwner, type Slot } from './slot.ts';

interface Options {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly instanceId: string;
}

/** The server's own secret of this name; `make` creates it at the first start. The caller wipes what `make` returned. */
export async function openSystemSecret(
  { db, keyring, instanceId }: Options,
  name: string,
  make: () => Secret,
): Promise<Secret> {
  const frame = (await findFrame(db.read, name)) ?? (await db.transaction((trx) => insert(trx)));
  const key = await keyring.keyForOpening(await keyring.find(db.read, systemOwner), frameKeyId(frame));
  return openFrame(key, { ...systemSlot(name), instanceId }, frame);

  async function insert(trx: Trx): Promise<Buffer> {
    // Another node may have been first.
    const existing = await findFrame(trx, name);
    if (existing !== undefined) return existing;
    const key = await keyring.keyForSealing(trx, systemOwner);
    const sealed = consume(make(), (bytes) => sealFrame(key, { ...systemSlot(name), instanceId }, bytes));
    await trx.insertInto('system_secrets').values({ name, version: 1, frame: sealed }).execute();
    return sealed;
  }
}

async function findFrame(db: Db, name: string): Promise<Buffer | undefined> {
  const row = await db.selectFrom('system_secrets').select('frame').where('name', '=', name).executeTakeFirst();
  return row?.frame;
}

/** The slot of the server's own secret of this name. */
export function systemSlot(name: string): Slot {
  return { owner: systemOwner, purpose: 'system', rowId: name, field: 'secret', version: 1 };
}
