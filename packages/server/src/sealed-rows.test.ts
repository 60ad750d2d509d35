import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../test/temporary-sqlite.ts';
import { systemActor } from './audit/actor.ts';
import { record } from './audit/record.ts';
import type { Trx } from './kernel/db/database.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import { localKek } from './vault/kek/local.ts';
import { allSealedRows } from './sealed-rows.ts';
import { Secret } from './vault/secret.ts';
import { createVault, type Vault } from './vault/vault.ts';
import { verifyNewestSecrets, verifySecrets, type SecretFault } from './vault/verify.ts';

const now = new Date(0).toISOString();

let temporary: TemporaryDatabase;
let vault: Vault;
let accountId: number;

beforeEach(async () => {
  temporary = await temporarySqlite();
  vault = await createVault({ db: temporary.db, kek: localKek(Buffer.alloc(32, 1)) });
  const account = { username: 'alice', username_key: 'alice', first_name: '', last_name: '', password_hash: '' };
  ({ id: accountId } = await temporary.db.transaction((trx) =>
    trx
      .insertInto('accounts')
      .values({ ...account, created_at: now, updated_at: now })
      .returning('id')
      .executeTakeFirstOrThrow(),
  ));
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

const addIdentity = () =>
  temporary.db.transaction(async (trx) => {
    const identity = { account_id: accountId, name: 'key', type: 'both', created_at: now, updated_at: now } as const;
    const { id } = await trx.insertInto('identities').values(identity).returning('id').executeTakeFirstOrThrow();
    return id;
  });

interface Write {
  readonly identityId: number;
  readonly field: SecretField;
  readonly version: number;
  readonly text: string;
}

async function put(trx: Trx, { identityId, field, version, text }: Write) {
  const owner = { type: 'account', id: accountId } as const;
  const slot = { owner, purpose: 'identity', rowId: identityId, field, version } as const;
  const row = { identity_id: identityId, field, version, frame: await vault.seal(trx, slot, Secret.fromText(text)) };
  await trx.deleteFrom('identity_secrets').where('identity_id', '=', identityId).where('field', '=', field).execute();
  await trx.insertInto('identity_secrets').values(row).execute();
  return row;
}

async function recordVersions(trx: Trx, resourceId: number, secretVersions: Record<string, number | null>) {
  const where = { resource: 'identity', resourceId, resourceName: null, organizationId: null } as const;
  const details = { fields: [], secretVersions };
  await record(
    trx,
    { actor: systemActor, action: 'identity.update', ...where, outcome: 'ok', details },
    '2026-01-15T12:00:00.000Z',
  );
}

/** As the identities feature writes a secret: frame and audit entry in one transaction. */
const write = (secret: Write) =>
  temporary.db.transaction(async (trx) => {
    await recordVersions(trx, secret.identityId, { [secret.field]: secret.version });
    return put(trx, secret);
  });

/** As an attacker who can write to the database and knows no key. */
const tamper = (identityId: number, columns: { version?: number; frame?: Buffer }) =>
  temporary.db.transaction((trx) =>
    trx.updateTable('identity_secrets').set(columns).where('identity_id', '=', identityId).execute(),
  );

const verification = () => ({ db: temporary.db.read, open: vault.open.bind(vault), sealedRows: allSealedRows });
const verify = () => verifySecrets(verification());

const problem = (rowId: number, fault: SecretFault, field = 'password') => ({ rows: 'identity', rowId, field, fault });

/** An owner's key and its check. */
const ofOwner = 2;
/** What the vault itself keeps: the key of the system, and two secrets. */
const ownSecrets = ofOwner + 2;

describe('verifying the vault', () => {
  it('opens every secret and finds nothing wrong', async () => {
    for (let count = 0; count < 250; count++)
      await write({ identityId: await addIdentity(), field: 'password', version: 1, text: 'hunter2' });
    expect(await verify()).toEqual({ opened: 250 + ofOwner + ownSecrets, problems: [] });
  });

  it('names a secret whose older valid value was put back', async () => {
    const identityId = await addIdentity();
    const old = await write({ identityId, field: 'password', version: 1, text: 'old' });
    await write({ identityId, field: 'password', version: 2, text: 'new' });
    await tamper(identityId, { version: old.version, frame: old.frame });
    expect(await verify()).toMatchObject({ problems: [problem(identityId, 'older')] });
  });

  it('names a secret that was destroyed and put back', async () => {
    const identityId = await addIdentity();
    const old = await write({ identityId, field: 'password', version: 1, text: 'old' });
    await temporary.db.transaction((trx) => recordVersions(trx, identityId, { password: null }));
    await tamper(identityId, { frame: old.frame });
    expect(await verify()).toMatchObject({ problems: [problem(identityId, 'destroyed')] });
  });

  it('names a secret of a version that was never recorded', async () => {
    const identityId = await addIdentity();
    await write({ identityId, field: 'password', version: 1, text: 'known' });
    await temporary.db.transaction(async (trx) => {
      await put(trx, { identityId, field: 'password', version: 2, text: 'unknown' });
      await put(trx, { identityId, field: 'passphrase', version: 2, text: 'unknown' });
    });
    expect((await verify()).problems).toEqual([
      problem(identityId, 'unrecorded', 'passphrase'),
      problem(identityId, 'unrecorded'),
    ]);
  });

  it('names a secret that stands in the place of another one', async () => {
    const [mine, other] = [await addIdentity(), await addIdentity()];
    const { frame } = await write({ identityId: other, field: 'password', version: 1, text: 'other' });
    await write({ identityId: mine, field: 'password', version: 1, text: 'mine' });
    await tamper(mine, { frame });
    expect(await verify()).toEqual({ opened: 1 + ofOwner + ownSecrets, problems: [problem(mine, 'unreadable')] });
  });

  it('names a secret that is gone, and none of an identity that was deleted with its account', async () => {
    const identityId = await addIdentity();
    await write({ identityId, field: 'password', version: 1, text: 'hunter2' });
    await write({ identityId, field: 'passphrase', version: 2, text: 'open sesame' });
    const deleted = await addIdentity();
    await write({ identityId: deleted, field: 'password', version: 1, text: 'hunter2' });
    await temporary.db.transaction(async (trx) => {
      await trx.deleteFrom('identity_secrets').where('field', '=', 'password').execute();
      await trx.deleteFrom('identities').where('id', '=', deleted).execute();
    });
    expect(await verify()).toMatchObject({ problems: [problem(identityId, 'missing')] });
  });

  it('names the check of a key that does not open, before a start stops there', async () => {
    await write({ identityId: await addIdentity(), field: 'password', version: 1, text: 'hunter2' });
    await temporary.db.transaction((trx) =>
      trx
        .updateTable('owner_keys')
        .set({ key_check: Buffer.alloc(96) })
        .where('owner_type', '=', 'account')
        .execute(),
    );
    expect((await verify()).problems).toMatchObject([{ rows: 'owner-key', field: 'check', fault: 'unreadable' }]);
  });

  it("names an owner's key, a system secret and a generated key that do not open", async () => {
    const frame = Buffer.alloc(96);
    await addIdentity();
    await temporary.db.transaction(async (trx) => {
      await trx.updateTable('owner_keys').set({ wrapped: frame }).execute();
      await trx.updateTable('system_secrets').set({ frame }).where('name', '=', 'mac-key').execute();
      const waiting = { handle_hash: Buffer.alloc(32, 1), account_id: accountId, frame, passphrase_frame: frame };
      await trx
        .insertInto('generated_keys')
        .values({ ...waiting, expires_at: now })
        .execute();
    });
    const { problems } = await verify();
    expect(problems.map(({ rows, field, fault }) => `${rows} ${field} ${fault}`)).toEqual([
      'owner-key key unreadable',
      'system-secret secret unreadable',
      'generated-key sshKey unreadable',
      'generated-key passphrase unreadable',
    ]);
  });

  it('finds nothing wrong with secrets that change meanwhile', async () => {
    const ids: number[] = [];
    for (let count = 0; count < 30; count++) ids.push(await addIdentity());
    for (const identityId of ids) await write({ identityId, field: 'password', version: 1, text: 'one' });
    const state = { verifying: true };
    const writing = (async () => {
      for (let version = 2; state.verifying; version++)
        for (const identityId of ids) await write({ identityId, field: 'password', version, text: 'next' });
    })();
    for (let round = 0; round < 2; round++) expect(await verify()).toMatchObject({ problems: [] });
    state.verifying = false;
    await writing;
  });

  it('stops when it is told to', async () => {
    await expect(verifySecrets({ ...verification(), signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});

describe('verifying the secrets that were written last', () => {
  const limits = { entries: 100, rows: 3 };

  it('opens as many as it is told to, and compares them', async () => {
    const identityId = await addIdentity();
    const old = await write({ identityId, field: 'password', version: 1, text: 'old' });
    for (let count = 0; count < 5; count++)
      await write({ identityId: await addIdentity(), field: 'password', version: 1, text: 'hunter2' });
    expect(await verifyNewestSecrets(verification(), limits)).toEqual({ opened: 3, problems: [] });
    await write({ identityId, field: 'password', version: 2, text: 'new' });
    await tamper(identityId, { version: old.version, frame: old.frame });
    expect(await verifyNewestSecrets(verification(), { ...limits, rows: 10 })).toMatchObject({
      problems: [problem(identityId, 'older')],
    });
  });

  it('says nothing of secrets that were written earlier', async () => {
    const identityId = await addIdentity();
    await write({ identityId, field: 'password', version: 1, text: 'hunter2' });
    await write({ identityId, field: 'passphrase', version: 2, text: 'open sesame' });
    expect(await verifyNewestSecrets(verification(), { entries: 1, rows: 9 })).toEqual({ opened: 1, problems: [] });
  });
});

it('knows every table that holds sealed secrets', async () => {
  const tables = await temporary.db.read.introspection.getTables();
  const sealed = tables
    .filter(({ columns }) => columns.some(({ name }) => /(^|_)frame$|^wrapped$|^key_check$/.test(name)))
    .map(({ name }) => name)
    // Sealed with the master key itself; opening the vault opens it.
    .filter((name) => name !== 'kek_checks');
  expect(sealed.sort()).toEqual(['generated_keys', 'identity_secrets', 'owner_keys', 'system_secrets']);
  expect(allSealedRows.map(({ name }) => name).sort()).toEqual([
    'generated-key',
    'identity',
    'owner-key',
    'system-secret',
  ]);
});
