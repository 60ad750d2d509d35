import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../../test/temporary-sqlite.ts';
import type { Database } from '../kernel/db/database.ts';
import { openSqlite } from '../kernel/db/sqlite.ts';
import { checkKeys, holdsData } from './boot-check.ts';
import { KeyError } from './key-error.ts';
import { fingerprint } from './kek/kek.ts';
import { localKek } from './kek/local.ts';
import { Secret } from './secret.ts';
import { createVault } from './vault.ts';

const rightKey = () => localKek(Buffer.alloc(32, 1));
const wrongKey = () => localKek(Buffer.alloc(32, 2));
const alice = { type: 'account', id: 1 } as const;
const slot = { owner: alice, purpose: 'identity', rowId: 7, field: 'password', version: 1 } as const;

let directory: TemporaryDirectory;

beforeEach(async () => {
  directory = temporaryDirectory();
  await withDatabase(async (db) => {
    expect(await holdsData(db.read)).toBe(false);
    await checkKeys(db.read, wrongKey());
    await db.migrate();
    const vault = await createVault({ db, kek: rightKey() });
    await db.transaction((trx) => vault.seal(trx, slot, Secret.fromText('hunter2')));
  });
});

afterEach(() => {
  directory[Symbol.dispose]();
});

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  await using db = openSqlite(directory.path);
  return await work(db);
}

const dataFile = () => readFileSync(join(directory.path, 'gatehouse.db'));

describe('the boot check', () => {
  it('lets the right key through and leaves the installation its UUID', async () => {
    await withDatabase(async (db) => {
      expect(await holdsData(db.read)).toBe(true);
      const first = await createVault({ db, kek: rightKey() });
      const second = await createVault({ db, kek: rightKey() });
      expect(first.instanceId).toMatch(/^[0-9a-f-]{36}$/);
      expect(second.instanceId).toBe(first.instanceId);
    });
  });

  it('refuses a wrong key, names both, and writes nothing', async () => {
    const before = dataFile();
    const expected = fingerprint(rightKey().keyId());
    const given = fingerprint(wrongKey().keyId());
    const message = `This is not the master key of this data: expected key ${expected}, given key ${given}. Nothing was written.`;
    await withDatabase(async (db) => {
      await expect(checkKeys(db.read, wrongKey())).rejects.toThrow(new KeyError(message));
      await expect(createVault({ db, kek: wrongKey() })).rejects.toThrow(new KeyError(message));
    });
    expect(dataFile().equals(before)).toBe(true);
  });

  it.each(['wrapped', 'key_check'] as const)('names the owner whose key has a changed %s', async (column) => {
    await withDatabase(async (db) => {
      await db.transaction((trx) =>
        trx
          .updateTable('owner_keys')
          .set({ [column]: Buffer.alloc(100) })
          .where('owner_type', '=', 'account')
          .execute(),
      );
      await expect(checkKeys(db.read, rightKey())).rejects.toThrow(/^The key of account 1 does not open/);
    });
  });

  it('refuses an owner key that was wrapped for another owner', async () => {
    await withDatabase(async (db) => {
      await db.transaction((trx) =>
        trx.updateTable('owner_keys').set({ owner_id: 2 }).where('owner_type', '=', 'account').execute(),
      );
      await expect(checkKeys(db.read, rightKey())).rejects.toThrow(/^The key of account 2 does not open/);
    });
  });

  it('refuses data whose check of the master key is gone', async () => {
    await withDatabase(async (db) => {
      await db.transaction((trx) => trx.deleteFrom('kek_checks').execute());
      await expect(checkKeys(db.read, rightKey())).rejects.toThrow(KeyError);
    });
  });

  it('refuses a check that was changed', async () => {
    await withDatabase(async (db) => {
      await db.transaction((trx) =>
        trx
          .updateTable('kek_checks')
          .set({ key_check: Buffer.alloc(100) })
          .execute(),
      );
      await expect(checkKeys(db.read, rightKey())).rejects.toThrow('the database was changed from outside');
    });
  });
});
