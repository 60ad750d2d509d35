import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityServer, type IdentityServer, type Person } from '../../../test/identity-server.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import { passphrase, readText, vectors } from '../../vault/keys/testdata/vectors.ts';
import { slotOf } from './credential.ts';

let temporary: TemporaryDatabase;
let server: IdentityServer;
let alice: Person;
let bob: Person;
let organizationId: number;

beforeEach(async () => {
  temporary = await temporarySqlite();
  server = await identityServer(temporary.db);
  alice = await server.person('alice');
  bob = await server.person('bob');
  organizationId = await server.organization(alice, bob);
});
afterEach(async () => {
  await server.app.close();
  await temporary[Symbol.asyncDispose]();
});

const sshKey = readText('ed25519-pkcs8-encrypted.key');

const create = async (body: object = {}): Promise<number> => {
  const whole = { name: 'deploy', type: 'both', password: 'hunter2', sshKey, passphrase, ...body };
  const answer = await alice.call('PUT', '/api/identity', whole);
  expect(answer.status).toBe(200);
  return answer.body.id;
};

const secrets = (id: number) =>
  temporary.db.read.selectFrom('identity_secrets').selectAll().where('identity_id', '=', id).orderBy('field').execute();

const lastAudit = async (count = 1) => {
  const rows = await temporary.db.read
    .selectFrom('audit_log')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(count)
    .execute();
  return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as Record<string, unknown> }));
};

describe('the secrets of an identity', () => {
  it('are sealed, each under the version of the write that made it, which the audit entry names', async () => {
    const id = await create();
    await alice.call('PATCH', `/api/identity/${id}`, { password: 'correct horse' });

    const stored = await secrets(id);

    expect(stored.map(({ field, version }) => [field, version])).toEqual([
      ['passphrase', 1],
      ['password', 2],
      ['sshKey', 1],
    ]);
    expect(Buffer.concat(stored.map(({ frame }) => frame)).includes('correct horse')).toBe(false);
    const [update, made] = await lastAudit(2);
    expect(made?.details['secretVersions']).toEqual({ password: 1, sshKey: 1, passphrase: 1 });
    expect(update?.details).toEqual({ fields: ['password'], secretVersions: { password: 2 } });
  });

  it('are sealed again for the organization that the identity moves to', async () => {
    const id = await create();
    const before = await secrets(id);

    await alice.call('POST', `/api/identity/${id}/move`, { organizationId });

    const from = { id, owner: { type: 'account', id: alice.caller.accountId } } as const;
    const to = { id, owner: { type: 'organization', id: organizationId } } as const;
    const after = await secrets(id);
    expect(after.map(({ version }) => version)).toEqual([2, 2, 2]);
    for (const { field, frame } of after) (await server.vault.open(slotOf(to, field, 2), frame)).destroy();
    for (const { field, frame } of before)
      for (const slot of [slotOf(to, field, 1), slotOf(to, field, 2), slotOf(from, field, 2)])
        await expect(server.vault.open(slot, frame)).rejects.toMatchObject({ code: 'secret_unreadable' });
    const [move] = await lastAudit();
    expect(move).toMatchObject({ action: 'identity.move', organization_id: organizationId });
    expect(move?.details).toEqual({
      fields: ['organizationId'],
      fromOrganizationId: null,
      toOrganizationId: organizationId,
      secretVersions: { password: 2, sshKey: 2, passphrase: 2 },
    });
  });

  it('are named in the audit log, as far as they are keys, by their fingerprints before and after', async () => {
    const id = await create();
    const [made] = await lastAudit();
    const sshKey = readText('ecdsa-256-openssh.key');
    for (const body of [{ sshKey }, { sshKey }, { type: 'password' }, { type: 'ssh', sshKey }])
      expect((await alice.call('PATCH', `/api/identity/${id}`, body)).status).toBe(200);
    await alice.call('DELETE', `/api/identity/${id}`);

    const changes = (await lastAudit(5)).toReversed().map(({ details }) => details['keyFingerprints']);
    const fingerprint = (file: string) => vectors.find((vector) => vector.file === file)?.fingerprint;
    const other = fingerprint('ecdsa-256-openssh.key');
    const { new: first } = made?.details['keyFingerprints'] as { new: string };
    expect(first).toMatch(/^SHA256:/);
    expect(changes).toEqual([
      { old: first, new: other },
      undefined,
      { old: other, new: null },
      { old: null, new: other },
      { old: other, new: null },
    ]);
    const rows = await temporary.db.read.selectFrom('audit_log').select('details').execute();
    expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY');
  });

  it('are gone with the identity, and with what the type has no place for', async () => {
    const id = await create();
    await alice.call('PATCH', `/api/identity/${id}`, { type: 'password' });
    expect((await secrets(id)).map(({ field }) => field)).toEqual(['password']);
    const [update] = await lastAudit();
    expect(update?.details['secretVersions']).toEqual({ sshKey: null, passphrase: null });

    await alice.call('DELETE', `/api/identity/${id}`);
    expect(await secrets(id)).toEqual([]);
  });
});

describe('a change', () => {
  it.each([
    ['PUT', '/api/identity', { name: 'another', type: 'password', password: 'x' }],
    ['PATCH', '/api/identity/1', { name: 'renamed', password: 'x' }],
    ['POST', '/api/identity/1/move', { organizationId: 1 }],
    ['DELETE', '/api/identity/1', undefined],
  ] as const)('does not happen when the audit log cannot be written: %s %s', async (method, path, body) => {
    await create();
    const state = async () => [
      await temporary.db.read.selectFrom('identities').selectAll().execute(),
      await secrets(1),
    ];
    const before = await state();
    await temporary.db.transaction((trx) =>
      sql`create trigger full before insert on audit_log begin select raise(abort, 'full'); end`.execute(trx),
    );

    const answer = await alice.call(method, path, body);

    expect(answer).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    expect(await state()).toEqual(before);
  });

  it('moves, renames and takes a new secret at once, and is recorded as both in the target', async () => {
    const id = await create();
    const body = { organizationId, name: 'shared deploy', password: 'new one' };
    expect((await alice.call('PATCH', `/api/identity/${id}`, body)).status).toBe(200);

    const [update, move] = await lastAudit(2);
    expect([move?.action, update?.action]).toEqual(['identity.move', 'identity.update']);
    expect(update).toMatchObject({ organization_id: organizationId, resource_name: 'shared deploy' });
    expect(update?.details['fields']).toEqual(['name', 'password', 'organizationId']);
    const to = { id, owner: { type: 'organization', id: organizationId } } as const;
    const password = (await secrets(id)).find(({ field }) => field === 'password');
    const opened = await server.vault.open(slotOf(to, 'password', 2), password?.frame ?? Buffer.alloc(0));
    expect(opened.expose((bytes) => bytes.toString())).toBe('new one');
  });

  it('is recorded by both organizations when an identity goes from one to the other', async () => {
    const id = await create({ organizationId });
    const other = await server.organization(alice);
    await alice.call('PATCH', `/api/identity/${id}`, { organizationId: other });
    const moves = await lastAudit(2);
    expect(moves.map(({ action, organization_id }) => [action, organization_id])).toEqual([
      ['identity.move', other],
      ['identity.move', organizationId],
    ]);
    expect(server.told).toContainEqual({ type: 'revoked', what: { kind: 'identity', identityId: id } });
  });

  it('of nothing changes nothing', async () => {
    const id = await create({ organizationId });
    const answer = await alice.call('PATCH', `/api/identity/${id}`, { organizationId, name: 'deploy' });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect((await lastAudit())[0]?.action).toBe('identity.create');
  });

  it('starts again when the identity changed while its key was looked at', async () => {
    const id = await create({ sshKey: readText('ed25519-openssh-encrypted.key') });
    const slow = alice.call('PATCH', `/api/identity/${id}`, { passphrase: 'another' });
    const quick = await alice.call('PATCH', `/api/identity/${id}`, { type: 'password' });
    expect(quick.status).toBe(200);
    expect((await slow).body.warnings).toMatchObject([{ path: 'passphrase', warning: 'secret_not_stored' }]);
    expect((await secrets(id)).map(({ field }) => field)).toEqual(['password']);
  });

  it('gives up where others change the identity each time while its key is looked at', async () => {
    const id = await create({ sshKey: readText('ed25519-openssh-encrypted.key') });
    const before = await secrets(id);
    const answered = new AbortController();
    const slow = alice.call('PATCH', `/api/identity/${id}`, { passphrase: 'another' }).finally(() => {
      answered.abort();
    });
    for (let time = 0; !answered.signal.aborted; time++)
      await alice.call('PATCH', `/api/identity/${id}`, { name: `name ${time}` });

    expect(await slow).toMatchObject({ status: 409, body: { error: 'conflict' } });
    expect(await secrets(id)).toEqual(before);
  });
});

describe('the audit log', () => {
  it('has one entry for each thing done or refused, and no value of a secret', async () => {
    const carol = await server.person('carol');
    const shared = await create({ organizationId });
    await alice.call('PATCH', `/api/identity/${shared}`, { password: 'canary-4711', name: 'renamed' });
    const personal = await create();
    await carol.call('PATCH', `/api/identity/${personal}`, { name: 'mine now' });
    await carol.call('PUT', '/api/identity', { name: 'mine', type: 'ssh', organizationId });
    await carol.call('PUT', '/api/identity', { name: 'mine', type: 'ssh', organizationId: 999 });
    await carol.call('DELETE', '/api/identity/999');
    await alice.call('DELETE', `/api/identity/${shared}`);

    const rows = (await lastAudit(6)).reverse();

    expect(
      rows.map((row) => [row.actor, row.action, row.outcome, row.resource_id, row.organization_id, row.resource_name]),
    ).toEqual([
      ['alice', 'identity.create', 'ok', shared, organizationId, 'deploy'],
      ['alice', 'identity.update', 'ok', shared, organizationId, 'renamed'],
      ['alice', 'identity.create', 'ok', personal, null, 'deploy'],
      ['carol', 'identity.update', 'denied', personal, null, null],
      ['carol', 'identity.create', 'denied', organizationId, organizationId, null],
      ['alice', 'identity.delete', 'ok', shared, organizationId, 'renamed'],
    ]);
    expect(rows[1]?.details['fields']).toEqual(['name', 'password']);
    expect(rows.map(({ ip_address, user_agent }) => [ip_address, user_agent])).toContainEqual(['192.0.2.1', 'test']);
    expect(JSON.stringify(rows.map(({ details }) => details))).not.toContain('canary');
  });
});

describe('a delete', () => {
  it('tells whose lists and entries are another, and ends what rests on the identity', async () => {
    const id = await create();
    const own = { type: 'account', id: alice.caller.accountId } as const;
    await server.entry({ type: 'organization', id: organizationId }, id);
    const before = server.told.length;
    await alice.call('DELETE', `/api/identity/${id}`);
    expect(server.told.slice(before)).toEqual([
      { type: 'identities', owners: [own] },
      { type: 'entries', owners: [{ type: 'organization', id: organizationId }] },
      { type: 'revoked', what: { kind: 'identity', identityId: id } },
    ]);
  });

  it('tells the members of an organization that lost its default identity, whose servers inherited it', async () => {
    const id = await create({ organizationId });
    await temporary.db.transaction((trx) =>
      trx.updateTable('organizations').set({ default_identity_id: id }).where('id', '=', organizationId).execute(),
    );
    const before = server.told.length;
    await alice.call('DELETE', `/api/identity/${id}`);
    const organization = { type: 'organization', id: organizationId } as const;
    expect(server.told.slice(before)).toEqual([
      { type: 'identities', owners: [organization] },
      { type: 'entries', owners: [organization] },
      { type: 'organizations', accountIds: [alice.caller.accountId, bob.caller.accountId] },
      { type: 'revoked', what: { kind: 'identity', identityId: id } },
    ]);
  });

  it('leaves the next reference of an entry as its default, and no default of an organization behind', async () => {
    const [first, second] = [await create(), await create()];
    const entryId = await server.entry({ type: 'account', id: alice.caller.accountId }, first, second);
    await temporary.db.transaction((trx) =>
      trx.updateTable('organizations').set({ default_identity_id: first }).execute(),
    );

    await alice.call('DELETE', `/api/identity/${first}`);

    const links = temporary.db.read
      .selectFrom('entry_identities')
      .select('identity_id')
      .where('entry_id', '=', entryId);
    expect(await links.orderBy('position').execute()).toEqual([{ identity_id: second }]);
    const organization = temporary.db.read.selectFrom('organizations').select('default_identity_id');
    expect(await organization.execute()).toEqual([{ default_identity_id: null }]);
  });
});

describe('a generated key', () => {
  const generate = (body: object = {}) =>
    alice.call('POST', '/api/identity/generate-key', { algorithm: 'ed25519', ...body });

  it('is stored with its passphrase under the handle, once', async () => {
    const { body: made } = await generate({ passphrase: 'a phrase', comment: 'alice@work' });
    expect(made.publicKey).toMatch(/^ssh-ed25519 \S+ alice@work$/);

    const body = { name: 'generated', type: 'ssh', generatedKey: made.handle };
    const first = await alice.call('PUT', '/api/identity', body, { prefer: 'handling=strict' });
    const second = await alice.call('PUT', '/api/identity', body);

    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 400, body: { details: [{ path: 'generatedKey' }] } });
    const { body: identity } = await alice.call('GET', `/api/identity/${first.body.id}`);
    expect(identity).toMatchObject({
      hasPassphrase: true,
      key: { status: 'ready', encrypted: true, fingerprint: made.fingerprint, publicKey: made.publicKey },
    });
    expect(await temporary.db.read.selectFrom('generated_keys').selectAll().execute()).toEqual([]);
  });

  it('stays for another try when the request that names it is refused', async () => {
    const { body: made } = await generate();
    const body = { name: 'generated', type: 'both', generatedKey: made.handle };
    expect((await alice.call('PUT', '/api/identity', body, { prefer: 'handling=strict' })).status).toBe(400);
    expect((await alice.call('PUT', '/api/identity', body)).status).toBe(200);
  });

  it('is only for its account, and expires', async () => {
    const { body: made } = await generate();
    const body = { name: 'generated', type: 'ssh', generatedKey: made.handle };
    expect((await bob.call('PUT', '/api/identity', body)).status).toBe(400);

    await temporary.db.transaction((trx) =>
      trx
        .updateTable('generated_keys')
        .set({ expires_at: new Date(0).toISOString() })
        .execute(),
    );
    expect((await alice.call('PUT', '/api/identity', body)).status).toBe(400);
  });

  it('is deleted by a job when its time is over, and no other', async () => {
    await generate();
    await temporary.db.transaction((trx) =>
      trx
        .updateTable('generated_keys')
        .set({ expires_at: new Date(0).toISOString() })
        .execute(),
    );
    const { body: fresh } = await generate();
    for (const job of server.identities.jobs) await job.run(AbortSignal.timeout(30_000));
    const rows = await temporary.db.read.selectFrom('generated_keys').select('expires_at').execute();
    expect(rows).toEqual([{ expires_at: fresh.expiresAt }]);
  });

  it('is stored as a hash of its handle and a frame', async () => {
    const { body: made } = await generate();
    const [row] = await temporary.db.read.selectFrom('generated_keys').selectAll().execute();
    const stored = Buffer.concat([row?.handle_hash ?? Buffer.alloc(0), row?.frame ?? Buffer.alloc(0)]);
    expect(stored.includes(made.handle)).toBe(false);
    expect(stored.includes('OPENSSH')).toBe(false);
  });

  it('replaces the key of an identity, whose old passphrase goes', async () => {
    const id = await create();
    const { body: made } = await generate();
    await alice.call('PATCH', `/api/identity/${id}`, { generatedKey: made.handle });
    const { body } = await alice.call('GET', `/api/identity/${id}`);
    expect(body).toMatchObject({ hasPassphrase: false, key: { fingerprint: made.fingerprint } });
  });

  it('waits only in so many copies', async () => {
    const answers = [];
    for (let count = 0; count < 21; count++) answers.push((await generate()).status);
    expect(answers.at(-2)).toBe(200);
    expect(answers.at(-1)).toBe(409);
  });
});
