import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Db, Trx } from '../kernel/db/database.ts';
import { KeyError } from './key-error.ts';
import { fingerprint, type Kek } from './kek/kek.ts';
import { openKekCheck, unwrapOwnerKey, wrapKekCheck, type StoredOwnerKey } from './keyring.ts';

const ownerKeysPerPage = 500;

/** Whether the database belongs to an installation already, so that a missing master key was lost. Works before migrations. */
export async function holdsData(db: Db): Promise<boolean> {
  return (await findInstanceId(db)) !== undefined;
}

/**
 * Proves that `kek` opens every owner key. Only reads: it runs before migrations, so that a start with a wrong key leaves the database unchanged.
 * Resolves at once on an empty database. Throws `KeyError` with one line.
 */
export async function checkKeys(db: Db, kek: Kek): Promise<void> {
  const instanceId = await findInstanceId(db);
  if (instanceId === undefined) return;
  await checkMasterKey(db, kek, instanceId);
  await checkOwnerKeys(db, kek, instanceId);
}

/**
 * The installation's UUID, created at the first start together with the check value of the master key. Writes nothing later; `checkMasterKey` then
 * checks `kek`.
 */
export async function ensureInstance(db: Database, kek: Kek): Promise<string> {
  const existing = await findInstanceId(db.read);
  if (existing !== undefined) return existing;
  return db.transaction((trx) => insertInstance(trx, kek));
}

async function insertInstance(trx: Trx, kek: Kek): Promise<string> {
  // Another node may have been first.
  const existing = await findInstanceId(trx);
  if (existing !== undefined) return existing;
  const uuid = randomUUID();
  const created_at = new Date().toISOString();
  await trx.insertInto('instance').values({ id: 1, uuid, created_at }).execute();
  const key_check = await wrapKekCheck(kek, uuid);
  await trx.insertInto('kek_checks').values({ kek_id: kek.keyId(), key_check, created_at }).execute();
  return uuid;
}

async function findInstanceId(db: Db): Promise<string | undefined> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'instance')) return undefined;
  const { rows } = await sql<{ uuid: string }>`select uuid from instance where id = 1`.execute(db);
  return rows[0]?.uuid;
}

/** Proves that `kek` is the master key of this installation, not that every owner key is intact. Throws `KeyError` with one line. */
export async function checkMasterKey(db: Db, kek: Kek, instanceId: string): Promise<void> {
  const checks = await db.selectFrom('kek_checks').select(['kek_id', 'key_check']).orderBy('created_at').execute();
  const check = checks.find(({ kek_id }) => kek_id === kek.keyId());
  if (check === undefined) {
    const expected =
      checks.map(({ kek_id }) => fingerprint(kek_id)).join(' or ') || 'a key that the database no longer names';
    throw new KeyError(
      `This is not the master key of this data: expected key ${expected}, given key ${fingerprint(kek.keyId())}. Nothing was written.`,
    );
  }
  try {
    await openKekCheck(kek, instanceId, check.key_check);
  } catch (cause) {
    throw new KeyError(
      `The check of master key ${fingerprint(kek.keyId())} does not open: the database was changed from outside. Nothing was written.`,
      { cause },
    );
  }
}

async function checkOwnerKeys(db: Db, kek: Kek, instanceId: string): Promise<void> {
  let lastId = 0;
  for (;;) {
    const page = await db
      .selectFrom('owner_keys')
      .select(['id', 'key_id', 'owner_type', 'owner_id', 'kek_id', 'wrapped', 'key_check'])
      .where('id', '>', lastId)
      .orderBy('id')
      .limit(ownerKeysPerPage)
      .execute();
    for (const row of page) await checkOwnerKey(kek, instanceId, row);
    const last = page.at(-1);
    if (last === undefined) return;
    lastId = last.id;
  }
}

async function checkOwnerKey(kek: Kek, instanceId: string, row: StoredOwnerKey): Promise<void> {
  const given = fingerprint(kek.keyId());
  const whose = `The key of ${row.owner_type} ${row.owner_id}`;
  if (row.kek_id !== kek.keyId())
    throw new KeyError(
      `${whose} is wrapped under another master key: expected key ${fingerprint(row.kek_id)}, given key ${given}. Nothing was written.`,
    );
  try {
    const key = await unwrapOwnerKey(kek, instanceId, row);
    key.fill(0);
  } catch (cause) {
    throw new KeyError(
      `${whose} does not open under master key ${given}: the database was changed from outside. Nothing was written.`,
      { cause },
    );
  }
}
