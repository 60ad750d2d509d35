import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import { ownerOf } from '../../kernel/owner.ts';
import type { SealedRow, SealedRows } from '../../vault/sealed-rows.ts';
import { generatedKeySlot } from './generated-key.ts';

const rowsPerPage = 100;

interface StoredIdentitySecret {
  readonly identity_id: number;
  readonly field: SecretField;
  readonly version: number;
  readonly frame: Buffer;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

/** The secrets of identities, for the registry of sealed rows. */
export const identitySecretRows: SealedRows = {
  name: 'identity',
  each: eachIdentitySecret,
  recorded: {
    resource: 'identity',
    async find(db, rowIds) {
      if (rowIds.length === 0) return [];
      const rows = await selectSecrets(db).where('identity_secrets.identity_id', 'in', rowIds).execute();
      return rows.map(toSealedRow);
    },
    async existing(db, rowIds) {
      const rows = await db.selectFrom('identities').select('id').where('id', 'in', rowIds).execute();
      return new Set(rows.map(({ id }) => id));
    },
  },
};

/** Generated keys that have no identity yet. */
export const generatedKeyRows: SealedRows = { name: 'generated-key', each: eachGeneratedKey };

function selectSecrets(db: Db) {
  return db
    .selectFrom('identity_secrets')
    .innerJoin('identities', 'identities.id', 'identity_secrets.identity_id')
    .select([
      'identity_secrets.identity_id',
      'identity_secrets.field',
      'identity_secrets.version',
      'identity_secrets.frame',
      'identities.account_id',
      'identities.organization_id',
    ]);
}

async function* eachIdentitySecret(db: Db): AsyncGenerator<readonly SealedRow[]> {
  let after: { readonly id: number; readonly field: string } = { id: 0, field: '' };
  for (;;) {
    const page = await selectSecrets(db)
      .where(sql<boolean>`(identity_secrets.identity_id, identity_secrets.field) > (${after.id}, ${after.field})`)
      .orderBy('identity_secrets.identity_id')
      .orderBy('identity_secrets.field')
      .limit(rowsPerPage)
      .execute();
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map(toSealedRow);
    after = { id: last.identity_id, field: last.field };
  }
}

function toSealedRow({ identity_id, field, version, frame, ...owner }: StoredIdentitySecret): SealedRow {
  return { slot: { owner: ownerOf(owner), purpose: 'identity', rowId: identity_id, field, version }, frame };
}

async function* eachGeneratedKey(db: Db): AsyncGenerator<readonly SealedRow[]> {
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const page = await db
      .selectFrom('generated_keys')
      .select(['handle_hash', 'account_id', 'frame', 'passphrase_frame'])
      .where('handle_hash', '>', after)
      .orderBy('handle_hash')
      .limit(rowsPerPage)
      .execute();
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.flatMap(({ handle_hash, account_id, frame, passphrase_frame }) => {
      const at = { accountId: account_id, handleHash: handle_hash };
      const key = { slot: generatedKeySlot(at, 'sshKey'), frame };
      if (passphrase_frame === null) return [key];
      return [key, { slot: generatedKeySlot(at, 'passphrase'), frame: passphrase_frame }];
    });
    after = last.handle_hash;
  }
}
