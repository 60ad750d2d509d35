import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import { localKek } from './kek/local.ts';
import { Secret } from './secret.ts';
import type { Slot } from './slot.ts';
import { createVault, type Vault } from './vault.ts';

const alice = { type: 'account', id: 1 } as const;
const team = { type: 'organization', id: 1 } as const;
const password: Slot = { owner: alice, purpose: 'identity', rowId: 7, field: 'password', version: 1 };

let temporary: TemporaryDatabase;
let vault: Vault;

beforeEach(async () => {
  temporary = await temporarySqlite();
  vault = await createVault({ db: temporary.db, kek: localKek(Buffer.alloc(32, 1)) });
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

const seal = (slot: Slot, text: string) =>
  temporary.db.transaction((trx) => vault.seal(trx, slot, Secret.fromText(text)));

async function text(slot: Slot, frame: Buffer): Promise<string> {
  using secret = await vault.open(slot, frame);
  return secret.expose((bytes) => bytes.toString());
}

describe('the vault', () => {
  it('gives back in its slot what it sealed', async () => {
    const frame = await seal(password, 'hunter2');
    expect(await text(password, frame)).toBe('hunter2');
  });

  it.each<[string, Partial<Slot>]>([
    ['another identity', { rowId: 8 }],
    ['another field', { field: 'passphrase' }],
    ['another account', { owner: { type: 'account', id: 2 } }],
    ['an organization with the id of the account', { owner: team }],
    ['another kind of row', { purpose: 'generated-key' }],
    ['the version after it', { version: 2 }],
  ])('refuses a frame in the place of %s', async (_place, difference) => {
    const frame = await seal(password, 'hunter2');
    const elsewhere = { ...password, ...difference };
    await seal(elsewhere, 'the owner has a key too');
    await expect(text(elsewhere, frame)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('moves a secret to another owner in one transaction, and the old frame does not open there', async () => {
    const to: Slot = { ...password, owner: team, version: 2 };
    const [old, moved] = await temporary.db.transaction(async (trx) => {
      const frame = await vault.seal(trx, password, Secret.fromText('hunter2'));
      return [frame, await vault.reseal(trx, frame, { from: password, to })] as const;
    });
    expect(await text(to, moved)).toBe('hunter2');
    await expect(text(to, old)).rejects.toMatchObject({ code: 'secret_unreadable' });
    await expect(text(password, moved)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('opens nothing of an owner whose key was shredded', async () => {
    const frame = await seal(password, 'hunter2');
    await temporary.db.transaction((trx) => vault.shredOwner(trx, alice));
    await expect(text(password, frame)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('keeps the key when the transaction that shredded it is rolled back', async () => {
    const frame = await seal(password, 'hunter2');
    const failure = new Error('rolled back');
    const shredding = temporary.db.transaction(async (trx) => {
      await vault.shredOwner(trx, alice);
      throw failure;
    });
    await expect(shredding).rejects.toBe(failure);
    expect(await text(password, frame)).toBe('hunter2');
  });

  it('never seals with a key whose transaction was rolled back', async () => {
    const failure = new Error('rolled back');
    const sealing = temporary.db.transaction(async (trx) => {
      await vault.seal(trx, password, Secret.fromText('lost'));
      throw failure;
    });
    await expect(sealing).rejects.toBe(failure);
    const frame = await seal(password, 'hunter2');
    expect(await text(password, frame)).toBe('hunter2');
  });

  it('makes one key for an owner however many secrets come at once', async () => {
    const frames = await Promise.all(
      Array.from({ length: 50 }, (_, rowId) => seal({ ...password, rowId: rowId + 1 }, `secret ${rowId}`)),
    );
    const keys = await temporary.db.read
      .selectFrom('owner_keys')
      .where('owner_type', '=', 'account')
      .selectAll()
      .execute();
    expect(keys).toHaveLength(1);
    expect(await text({ ...password, rowId: 50 }, frames[49] ?? Buffer.alloc(0))).toBe('secret 49');
  });

  it('opens after a restart what it sealed before', async () => {
    const frame = await seal(password, 'hunter2');
    const mac = vault.mac('device', 'laptop');
    const { publicKey } = vault.checkpointSigner;
    vault = await createVault({ db: temporary.db, kek: localKek(Buffer.alloc(32, 1)) });
    expect(await text(password, frame)).toBe('hunter2');
    expect(vault.mac('device', 'laptop')).toEqual(mac);
    expect(vault.checkpointSigner.publicKey).toEqual(publicKey);
  });

  it('has unrelated MACs for different purposes', () => {
    expect(vault.mac('device', 'x')).not.toEqual(vault.mac('devicex', ''));
  });

  it('refuses a secret of more than 64 KiB', async () => {
    await expect(seal(password, 'x'.repeat(65_537))).rejects.toMatchObject({ code: 'payload_too_large' });
    const frame = await seal(password, 'x'.repeat(65_536));
    expect(await text(password, frame)).toHaveLength(65_536);
  });
});
