import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import { sql } from 'kysely';
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

const plaintext = Buffer.alloc(200_000, 'a line of a recording\n');
const sealStream = (slot: Slot) => temporary.db.transaction((trx) => vault.sealStream(trx, slot));

async function sealed(slot: Slot): Promise<Buffer> {
  return buffer((await sealStream(slot))(Readable.from([plaintext], { objectMode: false })));
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

  it('does not take a database that does not answer for a damaged secret', async () => {
    const frame = await seal(password, 'hunter2');
    await using other = await temporarySqlite();
    const away = other.db.read;
    await other.db.transaction((trx) => sql`drop table owner_keys`.execute(trx));
    const stream = Readable.from([await sealed(password)]);
    for (const opened of [vault.open(password, frame, away), buffer(vault.openStream(password, stream, away))]) {
      const error: unknown = await opened.catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toHaveProperty('code', 'secret_unreadable');
    }
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

describe('a stream of the vault', () => {
  it('comes back in its slot, as Node.js and as web stream', async () => {
    const bytes = await sealed(password);
    expect(bytes.includes('a line')).toBe(false);
    expect(await buffer(vault.openStream(password, Readable.from([bytes])))).toEqual(plaintext);

    const seal = await sealStream(password);
    const web = Readable.toWeb(seal(new Blob([plaintext]).stream()));
    expect(await buffer(vault.openStream(password, web))).toEqual(plaintext);
  });

  it.each<[string, Partial<Slot>]>([
    ['another row', { rowId: 8 }],
    ['another account', { owner: { type: 'account', id: 2 } }],
    ['the version after it', { version: 2 }],
  ])('does not open in the place of %s', async (_place, difference) => {
    const elsewhere = { ...password, ...difference };
    await sealStream(elsewhere);
    const opened = vault.openStream(elsewhere, Readable.from([await sealed(password)]));
    await expect(buffer(opened)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('that was cut off fails at its end, and not the process', async () => {
    const cutOff = (await sealed(password)).subarray(0, 150_000);
    const written: Buffer[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written.push(chunk);
        done();
      },
    });
    const copied = pipeline(vault.openStream(password, Readable.from([cutOff])), sink);
    await expect(copied).rejects.toMatchObject({ code: 'secret_unreadable' });
    expect(plaintext.subarray(0, 131_072)).toEqual(Buffer.concat(written));
  });

  it('does not open once the key of its owner was shredded, and one that is being sealed goes on', async () => {
    const bytes = await sealed(password);
    const seal = await sealStream(password);
    await temporary.db.transaction((trx) => vault.shredOwner(trx, alice));
    const late = await buffer(seal(Readable.from([plaintext], { objectMode: false })));
    for (const stream of [bytes, late])
      await expect(buffer(vault.openStream(password, Readable.from([stream])))).rejects.toMatchObject({
        code: 'secret_unreadable',
      });
  });

  it('fails with the error of its source', async () => {
    const failure = new Error('the disk is gone');
    const broken = () =>
      new Readable({
        read() {
          this.destroy(failure);
        },
      });
    await expect(buffer((await sealStream(password))(broken()))).rejects.toBe(failure);
    await expect(buffer(vault.openStream(password, broken()))).rejects.toBe(failure);
  });
});
