import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../src/audit/chain.ts';
import { systemActor } from '../src/audit/actor.ts';
import { record, recordAll, type AuditEvent } from '../src/audit/record.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { openPostgres } from '../src/kernel/db/postgres.ts';
import { checkKeys, holdsData } from '../src/vault/boot-check.ts';
import { localKek } from '../src/vault/kek/local.ts';
import { KeyError } from '../src/vault/key-error.ts';
import { Secret } from '../src/vault/secret.ts';
import { createVault, type Vault } from '../src/vault/vault.ts';
import { createTestDatabase, type TestDatabase } from './databases/postgres.ts';

const rightKey = () => localKek(Buffer.alloc(32, 1));
const wrongKey = () => localKek(Buffer.alloc(32, 2));
const alice = { type: 'account', id: 1 } as const;
const slot = { owner: alice, purpose: 'identity', rowId: 7, field: 'password', version: 1 } as const;

let test: TestDatabase;
let db: Database;

beforeEach(async () => {
  test = await createTestDatabase();
  db = open();
  expect(await holdsData(db.read)).toBe(false);
  await db.migrate();
});

afterEach(async () => {
  await db[Symbol.asyncDispose]();
  await test.drop();
});

function open(): Database {
  return openPostgres(test.url, () => undefined);
}

async function text(vault: Vault, frame: Buffer): Promise<string> {
  const secret = await vault.open(slot, frame);
  return secret.expose((bytes) => bytes.toString());
}

const at = '2026-01-15T12:00:00.000Z';

const updateOf = (resourceName: string): AuditEvent<'identity.update', 'ok'> => ({
  actor: { ...systemActor, userAgent: '\0 \u001b[2K 😀' },
  action: 'identity.update',
  resource: 'identity',
  resourceId: 2 ** 52,
  resourceName,
  organizationId: null,
  outcome: 'ok',
  details: { fields: ['\0'], secretVersions: { password: 2 } },
});

const recordOne = (resourceName: string) => db.transaction((trx) => record(trx, updateOf(resourceName), at));

describe('the vault on PostgreSQL', () => {
  it('opens what it sealed, on another node too', async () => {
    const vault = await createVault({ db, kek: rightKey() });
    const frame = await db.transaction((trx) => vault.seal(trx, slot, Secret.fromText('hunter2')));
    const otherNode = await createVault({ db, kek: rightKey() });
    expect(otherNode.instanceId).toBe(vault.instanceId);
    expect(await text(otherNode, frame)).toBe('hunter2');
    await db.transaction((trx) => vault.shredOwner(trx, alice));
    await expect(text(otherNode, frame)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('becomes one installation when several nodes start for the first time at once', async () => {
    const others = Array.from({ length: 4 }, open);
    try {
      const vaults = await Promise.all(others.map((other) => createVault({ db: other, kek: rightKey() })));
      expect(new Set(vaults.map(({ instanceId }) => instanceId)).size).toBe(1);
      expect(new Set(vaults.map((vault) => vault.mac('device', 'x').toString('hex'))).size).toBe(1);
    } finally {
      for (const other of others) await other[Symbol.asyncDispose]();
    }
  });

  it('refuses a wrong key without writing, and with a second node that has another key', async () => {
    const starts = await Promise.allSettled([rightKey(), wrongKey()].map((kek) => createVault({ db, kek })));
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db.read.selectFrom('kek_checks').selectAll().execute()).toHaveLength(1);
    const kek = starts[0]?.status === 'fulfilled' ? wrongKey() : rightKey();
    expect(await holdsData(db.read)).toBe(true);
    await expect(checkKeys(db.read, kek)).rejects.toThrow(KeyError);
  });

  it('seals for many owners at once without waiting for itself', async () => {
    const vault = await createVault({ db, kek: rightKey() });
    const frames = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        db.transaction(async (trx) => {
          const from = { ...slot, owner: { type: 'account', id: index + 1 } } as const;
          const frame = await vault.seal(trx, from, Secret.fromText('hunter2'));
          return vault.reseal(trx, frame, { from, to: slot });
        }),
      ),
    );
    for (const frame of frames) expect(await text(vault, frame)).toBe('hunter2');
  });
});

describe('the audit log on PostgreSQL', () => {
  it('is one chain however many record at once', async () => {
    const numbers = await Promise.all(Array.from({ length: 50 }, (_, index) => recordOne(`identity ${index}`)));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(await verifyChain(db.read)).toEqual({ ok: true, entries: 50 });
  });

  it('is append-only for ordinary statements, and names what was changed behind its back', async () => {
    for (let count = 0; count < 5; count++) await recordOne('key');
    const edit = (statement: string) => sql.raw(statement).execute(db.read);
    await expect(edit("update audit_log set actor = 'nobody'")).rejects.toThrow('append-only');
    await expect(edit('delete from audit_log')).rejects.toThrow('append-only');
    await expect(edit('truncate audit_log')).rejects.toThrow('append-only');
    await edit('alter table audit_log disable trigger all');
    await edit("update audit_log set actor = 'nobody' where seq = 3");
    expect(await verifyChain(db.read)).toMatchObject({ ok: false, firstBad: 3 });
  });

  it('takes many at once, in their order, after what is there', async () => {
    await recordOne('first');
    const others = Array.from({ length: 500 }, (_, index) => updateOf(`other ${index}`));
    await db.transaction((trx) => recordAll(trx, others, at));
    await db.transaction((trx) => recordAll(trx, [], at));
    await recordOne('last');
    expect(await verifyChain(db.read)).toEqual({ ok: true, entries: 502 });
    const names = await db.read.selectFrom('audit_log').select('resource_name').orderBy('seq').execute();
    expect(names.map(({ resource_name }) => resource_name)).toEqual([
      'first',
      ...others.map(({ resourceName }) => resourceName),
      'last',
    ]);
  });

  it('refuses the change when it cannot be written', async () => {
    await sql`alter table audit_log add constraint full_disk check (seq < 1)`.execute(db.read);
    const change = db.transaction(async (trx) => {
      await trx.insertInto('instance').values({ id: 1, uuid: 'x', created_at: 'now' }).execute();
      await record(trx, updateOf('refused'), at);
    });
    await expect(change).rejects.toMatchObject({ code: 'unavailable' });
    expect(await holdsData(db.read)).toBe(false);
  });
});
