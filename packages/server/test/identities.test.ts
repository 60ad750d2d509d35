import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passphrase, readText } from '../src/vault/keys/testdata/vectors.ts';
import { engines, startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';

const placeholder = '-----BEGIN OPENSSH PRIVATE KEY-----\n...';
const strict = { prefer: 'handling=strict' };

describe.each(engines)('the identities on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let alice: Person;
  let people = 0;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
  });
  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    alice = await gatehouse.person(`alice${++people}`);
  });

  const create = async (body: object, headers?: Record<string, string>): Promise<number> => {
    const answer = await alice.call('PUT', '/api/identity', { name: 'deploy', ...body }, headers);
    expect(answer).toMatchObject({ status: 200 });
    return Number(answer.at('id'));
  };
  const get = async (id: number): Promise<unknown> => (await alice.call('GET', `/api/identity/${id}`)).body;
  const list = async (query = ''): Promise<Answer> => alice.call('GET', `/api/identity/list${query}`);
  const names = async (query: string): Promise<unknown[]> =>
    ((await list(query)).body as { name: string }[]).map(({ name }) => name);
  const organization = async (name = 'Ops'): Promise<number> =>
    Number((await alice.call('PUT', '/api/organization', { name })).at('id'));
  const slugs = (answer: Answer): unknown[] =>
    ((answer.at('warnings') ?? []) as { path: string; warning: string }[]).map((w) => `${w.path}: ${w.warning}`);
  const refusedFields = (answer: Answer): unknown[] =>
    ((answer.at('details') ?? []) as { path: string }[]).map(({ path }) => path);

  describe('the list', () => {
    it('shows the documented fields and ours, and nothing else', async () => {
      const id = await create({
        type: 'both',
        username: 'deploy',
        password: 'hunter2',
        sshKey: readText('ed25519-openssh.key'),
      });
      const { body } = await list();
      expect(body).toEqual([
        {
          id,
          name: 'deploy',
          username: 'deploy',
          type: 'both',
          organizationId: null,
          scope: 'personal',
          accountId: alice.id,
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
          updatedAt: expect.any(String) as unknown,
          key: {
            algorithm: 'ssh-ed25519',
            bits: 256,
            fingerprint: expect.stringMatching(/^SHA256:[\w+/]{43}$/) as unknown,
            publicKey: readText('ed25519.pub').trim(),
            encrypted: false,
            status: 'ready',
          },
          hasPassword: true,
          hasPassphrase: false,
          passwordSetAt: expect.any(String) as unknown,
          keySetAt: expect.any(String) as unknown,
          usedBy: 0,
          lastUsedAt: null,
          can: { use: true, update: true, move: true, delete: true, confirm: true },
        },
      ]);
      expect(await get(id)).toEqual((body as unknown[])[0]);
    });

    it('has the personal ones first, then those of the organizations, by id', async () => {
      const [first, second] = [await organization(), await organization()];
      const type = 'password-only';
      await create({ name: 'of the second', type, organizationId: second });
      await create({ name: 'of the first', type, organizationId: first });
      await create({ name: 'personal', type });
      expect(await names('')).toEqual(['personal', 'of the second', 'of the first']);
    });

    it('is filtered by a part of the name or username, by type and by owner', async () => {
      const organizationId = await organization();
      await create({ name: 'Web 100%', type: 'password', username: 'root' });
      await create({ name: 'database', type: 'ssh', username: 'WEBmaster', organizationId });
      await create({ name: 'printer', type: 'password-only' });
      expect(await names('?search=web')).toEqual(['Web 100%', 'database']);
      expect(await names('?search=0%25')).toEqual(['Web 100%']);
      expect(await names('?search=b_1')).toEqual([]);
      expect(await names('?type=ssh')).toEqual(['database']);
      expect(await names('?organizationId=personal')).toEqual(['Web 100%', 'printer']);
      expect(await names(`?organizationId=${organizationId}&search=data`)).toEqual(['database']);
      expect(await names('?organizationId=999999')).toEqual([]);
    });

    it.each([
      ['ärger', ['viel Ärger', 'VIEL ÄRGER']],
      ['ÄRGER', ['viel Ärger', 'VIEL ÄRGER']],
      ['A\u0308rger', ['viel Ärger', 'VIEL ÄRGER']],
      ['ΣΊΣΥΦΟΣ', ['Σίσυφος']],
      ['сервер', ['СЕРВЕР']],
    ])('finds %s whatever its case', async (search, expected) => {
      for (const name of ['viel Ärger', 'VIEL ÄRGER', 'Σίσυφος', 'СЕРВЕР', 'Arger'])
        await create({ name, type: 'password-only' });
      expect(await names(`?search=${encodeURIComponent(search)}`)).toEqual(expected);
    });

    it('comes in pages that the Link header leads through', async () => {
      const organizationId = await organization();
      for (const name of ['one', 'two', 'three']) await create({ name, type: 'password-only' });
      for (const name of ['four', 'five']) await create({ name, type: 'password-only', organizationId });
      const pages: unknown[] = [];
      for (let path: string | undefined = '/api/identity/list?limit=2&type=password-only'; path !== undefined;) {
        const page = await alice.call('GET', path);
        pages.push((page.body as { name: string }[]).map(({ name }) => name));
        path = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect(pages).toEqual([['one', 'two'], ['three', 'four'], ['five']]);
    });

    it.each(['?limit=0', '?limit=1001', '?limit=x', '?type=key', '?organizationId=0', '?cursor=x9', '?colour=red'])(
      'refuses %s',
      async (query) => {
        expect((await list(query)).status).toBe(400);
      },
    );

    it('is not sent again to who has it, and is another after every acknowledged write', async () => {
      const id = await create({ type: 'password-only' });
      let tag = '';
      const changed = async (): Promise<boolean> => {
        const answer = await alice.call('GET', '/api/identity/list', undefined, { 'if-none-match': tag });
        tag = answer.headers.get('etag') ?? '';
        return answer.status === 200;
      };
      expect([await changed(), await changed()]).toEqual([true, false]);
      await alice.call('PATCH', `/api/identity/${id}`, { name: 'renamed' });
      expect([await changed(), await changed()]).toEqual([true, false]);
      const server = {
        name: 'web',
        type: 'server',
        config: { protocol: 'ssh', ip: '192.0.2.1', port: 22 },
        identities: [id],
      };
      const entry = await alice.call('PUT', '/api/entry', server);
      expect([await changed(), await changed()]).toEqual([true, false]);
      expect(await get(id)).toMatchObject({ usedBy: 1 });
      const usage = await alice.call('GET', `/api/identity/${id}/usage`);
      expect(usage.body).toMatchObject({ total: 1, entries: [{ id: entry.at('id'), name: 'web', host: '192.0.2.1' }] });
      await alice.call('DELETE', `/api/entry/${String(entry.at('id'))}`);
      expect(await changed()).toBe(true);
      const organizationId = await organization();
      await create({ type: 'password-only', organizationId });
      expect(await changed()).toBe(true);
      await alice.call('DELETE', `/api/organization/${organizationId}`);
      expect([await changed(), await changed()]).toEqual([true, false]);
    });
  });

  describe('key material', () => {
    it.each([
      ['rsa-2048-putty3-encrypted.ppk', 'ssh-rsa', 2048],
      ['ecdsa-384-traditional.key', 'ecdsa-sha2-nistp384', 384],
      ['ed25519-pkcs8-encrypted.key', 'ssh-ed25519', 256],
    ])('is known after %s was sent', async (file, algorithm, bits) => {
      const encrypted = file.includes('encrypted');
      const body = { type: 'ssh', sshKey: readText(file), ...(encrypted ? { passphrase } : {}) };
      const key = { algorithm, bits, encrypted, status: 'ready' };
      expect(await get(await create(body, strict))).toMatchObject({ key });
    });

    const incomplete: [string, object, string[]][] = [
      ['ssh without a key', { type: 'ssh' }, ['sshKey: key_missing']],
      ['password without a password', { type: 'password' }, ['password: password_missing']],
      ['both with only a password', { type: 'both', password: 'x' }, ['sshKey: key_missing']],
      ['the placeholder of the documentation', { type: 'ssh', sshKey: placeholder }, ['sshKey: key_unreadable']],
      ['a public key', { type: 'ssh', sshKey: readText('ed25519.pub') }, ['sshKey: key_is_public']],
      ['a DSA key', { type: 'ssh', sshKey: readText('bad-dsa-openssh.key') }, ['sshKey: key_algorithm_unsupported']],
      ['a short RSA key', { type: 'ssh', sshKey: readText('bad-rsa-1024.key') }, ['sshKey: key_too_weak']],
      ['a locked key', { type: 'ssh', sshKey: readText('ed25519-pkcs8-encrypted.key') }, ['passphrase: key_locked']],
      [
        'a wrong passphrase',
        { type: 'ssh', sshKey: readText('ed25519-pkcs8-encrypted.key'), passphrase: 'wrong' },
        ['passphrase: passphrase_wrong'],
      ],
      [
        'a secret without a place',
        { type: 'ssh', sshKey: readText('ed25519-openssh.key'), password: 'x' },
        ['password: secret_not_stored'],
      ],
    ];

    it.each(incomplete)('is accepted with a warning: %s', async (_what, body, warnings) => {
      const answer = await alice.call('PUT', '/api/identity', { name: 'deploy', ...body });
      expect(answer.status).toBe(200);
      expect(slugs(answer)).toEqual(warnings);
      expect(answer.headers.get('preference-applied')).toBeNull();
    });

    it.each(incomplete)('is refused where the client is strict: %s', async (_what, body, warnings) => {
      const answer = await alice.call('PUT', '/api/identity', { name: 'deploy', ...body }, strict);
      expect(answer.status).toBe(400);
      expect(refusedFields(answer)).toEqual(warnings.map((warning) => warning.split(':')[0]));
      expect(answer.headers.get('preference-applied')).toBe('handling=strict');
      expect(JSON.stringify(answer.body)).not.toContain('PRIVATE KEY');
      expect((await list()).body).toEqual([]);
    });

    it('is not asked for where a strict client renames what was incomplete before', async () => {
      const id = await create({ type: 'ssh' });
      const answer = await alice.call('PATCH', `/api/identity/${id}`, { name: 'renamed' }, strict);
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.headers.get('preference-applied')).toBe('handling=strict');
    });

    it('made here never leaves: the handle stands for it', async () => {
      const made = await alice.call('POST', '/api/identity/generate-key', { algorithm: 'ecdsa', bits: 384 });
      expect(made.at('publicKey')).toMatch(/^ecdsa-sha2-nistp384 /);
      expect(JSON.stringify(made.body)).not.toContain('PRIVATE');
      const id = await create({ type: 'ssh', generatedKey: made.at('handle') }, strict);
      expect(await get(id)).toMatchObject({ key: { fingerprint: made.at('fingerprint'), status: 'ready' } });
    });
  });

  describe('secrets over time', () => {
    const stored = async (id: number): Promise<unknown> => {
      const { key, hasPassword, hasPassphrase, username } = (await get(id)) as Record<string, unknown>;
      return { key: (key as { status: string } | null)?.status ?? null, hasPassword, hasPassphrase, username };
    };
    const patch = (id: number, body: object, headers?: Record<string, string>): Promise<Answer> =>
      alice.call('PATCH', `/api/identity/${id}`, body, headers);
    const encryptedKey = readText('ed25519-pkcs8-encrypted.key');
    const createBoth = (): Promise<number> =>
      create({ type: 'both', username: 'deploy', password: 'hunter2', sshKey: encryptedKey, passphrase });

    it('tells when the password and the key were set, whatever else changes', async () => {
      const dates = async (id: number): Promise<unknown[]> => {
        const { passwordSetAt, keySetAt, updatedAt } = (await get(id)) as Record<string, string>;
        return [passwordSetAt, keySetAt, updatedAt];
      };
      const id = await createBoth();
      const [made] = await dates(id);
      expect(await dates(id)).toEqual([made, made, made]);
      await patch(id, { password: 'hunter3' });
      const [changed] = await dates(id);
      expect(changed).not.toBe(made);
      expect(await dates(id)).toEqual([changed, made, changed]);
      await patch(id, { name: 'renamed', organizationId: await organization() });
      expect((await dates(id)).slice(0, 2)).toEqual([changed, made]);
      await patch(id, { type: 'password' });
      expect((await dates(id)).slice(0, 2)).toEqual([changed, null]);
    });

    it('removes the old passphrase with the old key', async () => {
      const id = await createBoth();
      await patch(id, { sshKey: readText('ed25519-openssh.key') });
      expect(await stored(id)).toMatchObject({ key: 'ready', hasPassphrase: false });
    });

    it('takes a passphrase alone for the stored key, and locks and unlocks it', async () => {
      const id = await createBoth();
      for (const none of ['', null]) {
        expect(slugs(await patch(id, { passphrase: none }))).toEqual(['passphrase: key_locked']);
        expect(await stored(id)).toMatchObject({ key: 'locked', hasPassphrase: false });
        expect(slugs(await patch(id, { passphrase: 'wrong' }))).toEqual(['passphrase: passphrase_wrong']);
        expect(slugs(await patch(id, { passphrase }))).toEqual([]);
        expect(await stored(id)).toMatchObject({ key: 'ready', hasPassphrase: true });
      }
    });

    it('refuses a passphrase where no key is', async () => {
      const id = await create({ type: 'ssh' });
      expect(refusedFields(await patch(id, { passphrase: 'x' }))).toEqual(['passphrase']);
      expect((await patch(id, { passphrase: '' })).status).toBe(200);
    });

    it('destroys what a new type has no place for, and does not bring it back', async () => {
      const id = await createBoth();
      await patch(id, { type: 'password' });
      expect(await stored(id)).toMatchObject({ key: null, hasPassword: true, hasPassphrase: false });
      await patch(id, { type: 'both' });
      expect(await stored(id)).toMatchObject({ key: null, hasPassword: true, hasPassphrase: false });
    });

    it('warns of a type without its secret, and changes nothing where the client is strict', async () => {
      const id = await create({ type: 'password', password: 'hunter2' });
      const refused = await patch(id, { type: 'ssh', name: 'renamed' }, strict);
      expect([refused.status, refusedFields(refused)]).toEqual([400, ['sshKey']]);
      expect(await get(id)).toMatchObject({ name: 'deploy', type: 'password', hasPassword: true });
      expect(slugs(await patch(id, { type: 'ssh' }))).toEqual(['sshKey: key_missing']);
      expect(await stored(id)).toMatchObject({ hasPassword: false });
    });

    it('clears a username by null and by an empty one', async () => {
      const id = await createBoth();
      for (const none of ['', null]) {
        await patch(id, { username: 'deploy' });
        await patch(id, { username: none });
        expect(await stored(id)).toMatchObject({ username: null });
      }
    });

    it.each([
      { password: '' },
      { sshKey: '' },
      { password: null },
      { sshKey: null },
      { generatedKey: '' },
      { name: null },
      { type: null },
      { organizationId: null },
    ])('refuses %j, naming the field', async (body) => {
      const id = await createBoth();
      const answer = await patch(id, body);
      expect([answer.status, refusedFields(answer)]).toEqual([400, Object.keys(body)]);
      expect(await stored(id)).toEqual({ key: 'ready', hasPassword: true, hasPassphrase: true, username: 'deploy' });
    });

    it('lets a client say which version it changes', async () => {
      const id = await createBoth();
      const { headers } = await alice.call('GET', `/api/identity/${id}`);
      const known = { 'if-match': headers.get('etag') ?? '' };
      expect((await patch(id, { name: 'first' }, known)).status).toBe(200);
      const second = await patch(id, { name: 'second' }, known);
      expect([second.status, second.at('error')]).toEqual([412, 'precondition_failed']);
      expect((await alice.call('DELETE', `/api/identity/${id}`, undefined, known)).status).toBe(412);
      expect(await get(id)).toMatchObject({ name: 'first' });
      expect((await patch(id, { name: 'third' }, { 'if-match': 'nonsense' })).status).toBe(400);
    });
  });
});
