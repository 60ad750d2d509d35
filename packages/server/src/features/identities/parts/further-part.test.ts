import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { config, entryWorld } from '../../../../test/entry-world.ts';
import { identityServer, type IdentityServer, type Person } from '../../../../test/identity-server.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../../test/temporary-sqlite.ts';
import { Secret } from '../../../vault/secret.ts';
import type { DraftBody } from '../draft.ts';
import { identitySecretRows } from '../sealed-repository.ts';
import type { Part } from './part.ts';
import { parts } from './parts.ts';

/** A part that exists only in this test, so the closed list of fields lacks it. */
const field = 'pin' as SecretField;

const pinPart: Part = {
  contract: { id: 'pin', types: ['both'], secrets: [field] },
  turn: 0,
  read(body, take) {
    const pin: unknown = Object.entries(body).find(([name]) => name === field)?.[1];
    return typeof pin === 'string' ? [[field, { kind: 'sent', secret: take(pin) }]] : [];
  },
  companions: [],
  missing: () => ({ path: field, warning: 'password_missing', message: 'The PIN is missing.' }),
  login: ({ fields, open }) =>
    fields.has(field)
      ? { offer: { method: 'password', asksPerson: false, open: () => open(field) } }
      : { missing: 'lacks_password' },
};

let temporary: TemporaryDatabase;
let server: IdentityServer;
let alice: Person;

beforeEach(async () => {
  temporary = await temporarySqlite();
  server = await identityServer(temporary.db, undefined, [...parts, pinPart]);
  alice = await server.person('alice');
  // A migration would add the field to the check of the table.
  await temporary.db.transaction(async (trx) => {
    await sql`drop table identity_secrets`.execute(trx);
    await sql`create table identity_secrets (identity_id integer, field text, version integer, frame blob, set_at text,
      primary key (identity_id, field))`.execute(trx);
  });
});
afterEach(async () => {
  await server.app.close();
  await temporary[Symbol.asyncDispose]();
});

function create(more: object) {
  const body = { name: 'deploy', type: 'both', username: 'deploy', ...more };
  return server.identities.withDraft(body as DraftBody, (draft) =>
    server.identities.create(alice.caller, { ...draft, name: 'deploy', type: 'both' }, 'lenient'),
  );
}

async function openCredential(identityId: number) {
  const { access, entries } = entryWorld(temporary.db);
  const entryId = await entries.create(alice.caller, { name: 'web', config: config('192.0.2.10') });
  const { target } = await access.authorizeUse(alice.caller, { entryId, use: 'terminal', identityId });
  if (target.identity === undefined) throw new Error('no identity was chosen');
  return server.identities.openCredential(target.identity);
}

it('travels from the request to the vault, into the registry of sealed rows, and to the login', async () => {
  const { id, warnings } = await create({ pin: '4711' });

  expect(warnings.map(({ path }) => path)).toEqual(['password', 'sshKey']);
  const sealed: string[] = [];
  for await (const page of identitySecretRows.each(temporary.db.read))
    sealed.push(...page.map(({ slot }) => slot.field));
  expect(sealed).toEqual([field]);
  const credential = await openCredential(id);
  const [offer] = credential.offers(undefined);
  const opened = await offer?.open();
  expect(opened instanceof Secret && opened.expose((bytes) => bytes.toString())).toBe('4711');
  const audit = await temporary.db.read.selectFrom('audit_log').select('details').execute();
  expect(JSON.stringify(audit)).toContain('pin');
  expect(JSON.stringify(audit)).not.toContain('4711');
});

it('is missed like every other part', async () => {
  const { id, warnings } = await create({});
  expect(warnings.map(({ path }) => path)).toEqual(['password', 'sshKey', field]);
  expect((await openCredential(id)).offers(undefined)).toEqual([]);
});
