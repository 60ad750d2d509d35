import { randomBytes, randomFillSync } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Trx } from '../kernel/db/database.ts';
import { openFrame, sealFrame, type FrameKey } from './envelope.ts';
import type { Kek } from './kek/kek.ts';
import { consume, type Secret } from './secret.ts';
import { allocateSecretBytes } from './secret-bytes.ts';
import { systemOwner, type Binding, type SecretOwner, type Slot } from './slot.ts';

const keyIdBytes = 16;
const keyBytes = 32;
const checkText = Buffer.from('gatehouse key check');

/** A row of `owner_keys` without the columns that only the database needs. */
export interface StoredOwnerKey {
  readonly key_id: Buffer;
  readonly owner_type: SecretOwner['type'];
  readonly owner_id: number;
  readonly kek_id: string;
  readonly wrapped: Buffer;
  readonly key_check: Buffer;
}

/** The owner keys: wrapped in the database, unwrapped in memory. */
export interface Keyring {
  /** The owner key, created in `trx` at the first use. */
  keyForSealing(trx: Trx, owner: SecretOwner): Promise<FrameKey>;
  /** The owner key as it is stored; rejects only with errors of the database. */
  find(db: Db, owner: SecretOwner): Promise<StoredOwnerKey | undefined>;
  /** The unwrapped key, if it is the key `keyId`. Throws a plain error if the owner has no such key (any more) or it does not open. */
  keyForOpening(found: StoredOwnerKey | undefined, keyId: Buffer): Promise<FrameKey>;
  /** Deletes the owner key. After the commit of `trx`, nothing that was sealed under it opens again. */
  shred(trx: Trx, owner: SecretOwner): Promise<void>;
}

/**
 * The row in the database decides each time whether an owner has a key and which; the cache only saves the unwrapping. So a key of a transaction that
 * was rolled back is never used to seal, and one that another process shredded never to open.
 */
export function createKeyring({ kek, instanceId }: { readonly kek: Kek; readonly instanceId: string }): Keyring {
  const unwrapped = new Map<string, Buffer>();

  async function unwrap(row: StoredOwnerKey): Promise<FrameKey> {
    const id = row.key_id.toString('hex');
    let bytes = unwrapped.get(id);
    if (bytes === undefined) {
      bytes = await unwrapOwnerKey(kek, instanceId, row);
      unwrapped.set(id, bytes);
    }
    return { id: row.key_id, bytes };
  }

  return {
    async keyForSealing(trx, owner) {
      const row = await findOwnerKey(trx, owner);
      return unwrap(row ?? (await insertOwnerKey(trx, owner, { kek, instanceId })));
    },
    find: findOwnerKey,
    async keyForOpening(found, keyId) {
      if (found?.key_id.equals(keyId) !== true) throw new Error('the owner has no key of that id');
      return unwrap(found);
    },
    async shred(trx, owner) {
      const rows = await trx
        .deleteFrom('owner_keys')
        .where('owner_type', '=', owner.type)
        .where('owner_id', '=', owner.id)
        .returning('key_id')
        .execute();
      for (const { key_id } of rows) {
        const id = key_id.toString('hex');
        unwrapped.get(id)?.fill(0);
        unwrapped.delete(id);
      }
    },
  };
}

/** Unwraps and checks one stored key. Throws a plain error if the row does not open under `kek`. */
export async function unwrapOwnerKey(kek: Kek, instanceId: string, row: StoredOwnerKey): Promise<Buffer> {
  const owner = { type: row.owner_type, id: row.owner_id };
  const secret = await kek.unwrap(row.wrapped, { ...ownerKeySlot(owner, row.key_id), instanceId });
  const bytes = allocateSecretBytes(keyBytes);
  consume(secret, (key) => key.copy(bytes));
  const key = { id: row.key_id, bytes };
  const check = openFrame(key, { ...keyCheckSlot(owner, row.key_id), instanceId }, row.key_check);
  requireCheckText(check);
  return bytes;
}

/** The sealed constant that shows at the start whether the master key is the right one. */
export function wrapKekCheck(kek: Kek, instanceId: string): Promise<Buffer> {
  return kek.wrap(checkText, kekCheckBinding(kek, instanceId));
}

/** Throws a plain error if `keyCheck` was not made by `wrapKekCheck` with this master key and installation. */
export async function openKekCheck(kek: Kek, instanceId: string, keyCheck: Buffer): Promise<void> {
  requireCheckText(await kek.unwrap(keyCheck, kekCheckBinding(kek, instanceId)));
}

function requireCheckText(check: Secret): void {
  if (!consume(check, (text) => text.equals(checkText))) throw new Error('the key check has another text');
}

async function findOwnerKey(db: Db, owner: SecretOwner): Promise<StoredOwnerKey | undefined> {
  // Written as SQL, because every sealing and opening runs it.
  const query = sql<StoredOwnerKey>`
    select key_id, owner_type, owner_id, kek_id, wrapped, key_check from owner_keys
    where owner_type = ${owner.type} and owner_id = ${owner.id}`;
  return (await query.execute(db)).rows[0];
}

async function insertOwnerKey(
  trx: Trx,
  owner: SecretOwner,
  { kek, instanceId }: { readonly kek: Kek; readonly instanceId: string },
): Promise<StoredOwnerKey> {
  const key: FrameKey = { id: randomBytes(keyIdBytes), bytes: randomFillSync(allocateSecretBytes(keyBytes)) };
  try {
    const row: StoredOwnerKey = {
      key_id: key.id,
      owner_type: owner.type,
      owner_id: owner.id,
      kek_id: kek.keyId(),
      wrapped: await kek.wrap(key.bytes, { ...ownerKeySlot(owner, key.id), instanceId }),
      key_check: sealFrame(key, { ...keyCheckSlot(owner, key.id), instanceId }, checkText),
    };
    await trx
      .insertInto('owner_keys')
      .values({ ...row, created_at: new Date().toISOString() })
      .execute();
    return row;
  } finally {
    key.bytes.fill(0);
  }
}

/** The slot of an owner's wrapped key. */
export function ownerKeySlot(owner: SecretOwner, keyId: Buffer): Slot {
  return { owner, purpose: 'owner-key', rowId: keyId.toString('hex'), field: 'key', version: 1 };
}

/** The slot of the constant that shows whether an owner key is the right one. */
export function keyCheckSlot(owner: SecretOwner, keyId: Buffer): Slot {
  return { owner, purpose: 'key-check', rowId: keyId.toString('hex'), field: 'check', version: 1 };
}

function kekCheckBinding(kek: Kek, instanceId: string): Binding {
  return { owner: systemOwner, purpose: 'key-check', rowId: kek.keyId(), field: 'check', version: 1, instanceId };
}
