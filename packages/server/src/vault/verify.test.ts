import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import { record, systemActor } from '../audit/record.ts';
import type { SecretField } from '../kernel/db/schema.ts';
import { localKek } from './kek/local.ts';
import { Secret } from './secret.ts';
import { createVault, type Vault } from './vault.ts';

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

/** As the identities feature writes a secret: frame and audit entry in one transaction. */
const write = ({ identityId, field, version, text }: Write) =>
  temporary.db.transaction(async (trx) => {
    const owner = { type: 'account', id: accountId } as const;
    const slot = { owner, purpose: 'identity', rowId: identityId, field, version } as const;
    const frame = await vault.seal(trx, slot, Secret.fromText(text));
    const row = { identity_id: identityId, field, version, frame };
    await trx.deleteFrom('identity_secrets').where('identity_id', '=', identityId).where('field', '=', field).execute();
    await trx.insertInto('identity_secrets').values(row).execute();
    await recordVersions(identityId, { [field]: version });
    return row;

    function recordVersions(resourceId: number, secretVersions: Record<string, number | null>) {
      const where = { resource: 'identity', resourceId, resourceName: null, organizationId: null } as const;
      return record(trx, {
        actor: systemActor,
        action: 'identity.update',
        ...where,
        outcome: 'ok',
        details: { secretVersions },
      });
    }
  });

/** As somebody does who can write to the database and knows no key. */
const tamper = (identityId: number, columns: { version?: number; frame?: Buffer }) =>
  temporary.db.transaction((trx) =>
    trx.updateTable('identity_secrets').set(columns).where('identity_id', '=', identityId).execute(),
  );

describe('verifying the vault', () => {
  it('opens every secret and finds nothing wrong', async () => {
    for (let count = 0; count < 250; count++)
      await write({ identityId: await addIdentity(), field: 'password', version: 1, text: 'hunter2' });
    expect(await vault.verify()).toEqual({ opened: 250, problems: [] });
  });

  it('names a secret whose older valid value was put back', async () => {
    const identityId = await addIdentity();
    const old = await write({ identityId, field: 'password', version: 1, text: 'old' });
    await write({ identityId, field: 'password', version: 2, text: 'new' });
    await tamper(identityId, { version: old.version, frame: old.frame });
    const problems = [{ identityId, field: 'password', problem: 'rolled-back' }];
    expect(await vault.verify()).toEqual({ opened: 1, problems });
  });

  it('names a secret that stands in the place of another one', async () => {
    const [mine, other] = [await addIdentity(), await addIdentity()];
    const { frame } = await write({ identityId: other, field: 'password', version: 1, text: 'other' });
    await write({ identityId: mine, field: 'password', version: 1, text: 'mine' });
    await tamper(mine, { frame });
    const problems = [{ identityId: mine, field: 'password', problem: 'unreadable' }];
    expect(await vault.verify()).toEqual({ opened: 1, problems });
  });

  it('names a secret that is gone', async () => {
    const identityId = await addIdentity();
    await write({ identityId, field: 'password', version: 1, text: 'hunter2' });
    await write({ identityId, field: 'passphrase', version: 2, text: 'open sesame' });
    await temporary.db.transaction((trx) =>
      trx.deleteFrom('identity_secrets').where('field', '=', 'password').execute(),
    );
    const problems = [{ identityId, field: 'password', problem: 'missing' }];
    expect(await vault.verify()).toEqual({ opened: 1, problems });
  });
});
