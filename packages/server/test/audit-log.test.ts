import { describe, expect, test } from 'vitest';
import { openPostgres } from '../src/kernel/db/postgres.ts';
import { openSqlite } from '../src/kernel/db/sqlite.ts';
import { engines, password, startTestGatehouse, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry } from './recorded-entry.ts';

function openDatabase({ dataDir, databaseUrl }: TestGatehouse) {
  return databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl, () => undefined);
}

describe.each(engines)('the audit log on %s', (engine) => {
  test('shows what one did, and an organization to who may view its log', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const owner = await gatehouse.person('olga');
    const member = await gatehouse.person('mike');
    const id = Number((await owner.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
    await owner.call('POST', `/api/organization/${id}/invite`, { username: 'mike' });
    await member.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });

    const path = `/api/audit/logs?organizationId=${id}&action=organization.*`;
    expect((await member.call('GET', path)).at('total')).toBe(1);
    const all = await owner.call('GET', path);
    expect(all).toMatchObject({
      status: 200,
      body: {
        total: 3,
        nextCursor: null,
        logs: [
          { action: 'organization.invitation_accept', actor: 'mike', accountId: member.id, ipAddress: '127.0.0.1' },
          { action: 'organization.invite', details: { accountId: member.id, username: 'mike' } },
          { action: 'organization.create', resourceName: 'Ops', outcome: 'ok', organizationId: id },
        ],
      },
    });
    expect(all.at('logs.0.hash')).toMatch(/^[0-9a-f]{64}$/);
    await owner.call('PUT', `/api/organization/${id}/members/${member.id}/permissions`, {
      permissions: { 'org.audit.view': 'allow' },
    });
    expect((await member.call('GET', path)).at('total')).toBe(4);
    const personal = await owner.call('GET', '/api/audit/logs?organizationId=personal');
    expect(personal.at('logs.0.organizationId')).toBeNull();
  });

  test('pages by cursor while entries are added', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const owner = await gatehouse.person('olga');
    for (const name of ['A', 'B', 'C', 'D', 'E']) await owner.call('PUT', '/api/organization', { name });

    const names: unknown[] = [];
    let cursor = '';
    do {
      const page = await owner.call('GET', `/api/audit/logs?action=organization.create&limit=2${cursor}`);
      for (let index = 0; index < 2; index++) names.push(page.at(`logs.${index}.resourceName`));
      const next = page.at('nextCursor');
      cursor = typeof next === 'string' ? `&cursor=${next}` : '';
      await owner.call('PUT', '/api/organization', { name: 'Z' });
    } while (cursor !== '');
    expect(names).toEqual(['E', 'D', 'C', 'B', 'A', undefined]);
  });

  test('is read page by page by offset, too', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const owner = await gatehouse.person('olga');
    const id = Number((await owner.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
    for (const name of ['a', 'b', 'c', 'd', 'e']) await owner.call('PUT', '/api/folder', { name, organizationId: id });
    const read = async (query: string) => {
      const { body } = await owner.call('GET', `/api/audit/logs?${query}`);
      const { logs, total } = body as { logs: { seq: number; resourceName: string }[]; total: number };
      return { total, seqs: logs.map(({ seq }) => seq), names: logs.map(({ resourceName }) => resourceName) };
    };
    const all = await read('limit=1000');
    for (const offset of [0, 1, 3, all.total - 1, all.total, all.total + 5])
      expect(await read(`limit=2&offset=${offset}`)).toMatchObject({
        total: all.total,
        seqs: all.seqs.slice(offset, offset + 2),
      });
    expect((await read('action=folder.*&limit=2&offset=2')).names).toEqual(['c', 'b']);
    const third = await owner.call('GET', '/api/audit/logs?limit=1&offset=2');
    const next = await read(`limit=1&cursor=${String(third.at('nextCursor'))}`);
    expect(next.seqs).toEqual(all.seqs.slice(3, 4));
  });

  test('takes every character of an action but one star as it is', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const owner = await gatehouse.person('olga');
    const id = Number((await owner.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
    await owner.call('POST', `/api/organization/${id}/invite`, { username: 'admin' });
    const total = async (action: string) =>
      (await owner.call('GET', `/api/audit/logs?organizationId=${id}&action=${action}`)).at('total');
    expect(await total('organization.*')).toBe(2);
    expect(await total('ORGANIZATION.Inv*')).toBe(1);
    expect(await total('organization_*')).toBe(0);
    for (const action of ['a*b*', '%25', 'a%20b'])
      expect((await owner.call('GET', `/api/audit/logs?action=${action}`)).status, action).toBe(400);
  });

  test('finds what was recorded before actions were renamed, by their old names and by their new ones', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const owner = await gatehouse.person('olga');
    const old = [
      { action: 'key.create', resource: 'api-key', details: '{"keyId":"x","scopes":[]}' },
      { action: 'key.generate', resource: 'key', details: '{"algorithm":"ed25519","bits":256}' },
      { action: 'key.pin', resource: 'entry', details: '{"host":"h","pinned":["SHA256:x"],"port":22}' },
    ];
    await gatehouse.restart(async () => {
      await using database = openDatabase(gatehouse);
      await database.transaction(async (trx) => {
        for (const entry of old) await addEntry(trx, { account_id: owner.id, actor: 'olga', ...entry });
      });
    });
    await owner.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'ci',
      scopes: ['audit:read'],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await owner.call('POST', '/api/identity/generate-key', { algorithm: 'ed25519' });

    const found = async (action: string) => {
      const { body } = await owner.call('GET', `/api/audit/logs?action=${action}`);
      const { logs, total } = body as { logs: { action: string; details: unknown }[]; total: number };
      expect(total).toBe(logs.length);
      return logs.map((entry) => entry.action).reverse();
    };
    const all = ['key.create', 'key.generate', 'key.pin', 'api-key.create', 'generated-key.create'];
    expect(await found('key.*')).toEqual(all);
    expect(await found('key.create')).toEqual(['key.create', 'api-key.create']);
    expect(await found('api-key.*')).toEqual(['key.create', 'api-key.create']);
    expect(await found('key.generate')).toEqual(['key.generate', 'generated-key.create']);
    expect(await found('host-key.pin')).toEqual(['key.pin']);
    const pinned = await owner.call('GET', '/api/audit/logs?action=key.pin');
    expect(pinned.at('logs.0.details')).toEqual({ host: 'h', pinned: ['SHA256:x'], port: 22 });
    const exported = String((await owner.call('GET', '/api/audit/export?action=key.*')).body);
    const lines = exported.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(all);
    const metadata = await owner.call('GET', '/api/audit/metadata');
    expect(metadata.at('actions')).toEqual(expect.arrayContaining([{ value: 'host-key.pin', category: 'host-key' }]));
    expect(JSON.stringify(metadata.at('actions'))).not.toContain('"key.');
  });

  test('is filtered by outcome, in the list and in the export', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    await gatehouse.call('POST', '/api/auth/login', { body: { username: 'admin', password: 'not this one' } });
    await admin.call('DELETE', '/api/users/1');
    const outcomes = async (outcome: string) => {
      const answer = await admin.call('GET', `/api/audit/logs?outcome=${outcome}`);
      const logs = answer.at('logs') as { action: string; outcome: string }[];
      expect(logs.every((entry) => entry.outcome === outcome)).toBe(true);
      expect(answer.at('total')).toBe(logs.length);
      return logs.map(({ action }) => action);
    };
    expect(await outcomes('failed')).toEqual(['auth.login']);
    expect(await outcomes('ok')).toContain('auth.login');
    const exported = await admin.call('GET', '/api/audit/export?outcome=failed');
    expect(JSON.parse(String(exported.body))).toMatchObject({ action: 'auth.login', outcome: 'failed' });
  });

  test('is exported as lines, verified, and vouched for by a signed note', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const odd = { 'user-agent': 'curl {"seq":1}\u0085' };
    await admin.call('PUT', '/api/organization', { name: 'Ops' }, odd);

    const exported = await admin.call('GET', '/api/audit/export?organizationId=1');
    expect(exported.status).toBe(200);
    expect(exported.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(exported.headers.get('content-disposition')).toContain('attachment');
    const [line = '', ...rest] = String(exported.body).split('\n');
    expect(rest).toEqual(['']);
    expect(JSON.parse(line)).toMatchObject({ action: 'organization.create', userAgent: 'curl {"seq":1}\u0085' });
    expect((await admin.call('GET', '/api/audit/logs?limit=1')).at('logs.0.action')).toBe('audit.export');

    // Stopping writes the first checkpoint.
    await gatehouse.restart();
    expect(await admin.call('GET', '/api/audit/verify')).toMatchObject({
      status: 200,
      body: { ok: true, firstBad: null, checkpoints: { comparison: 'match' } },
    });
    const checkpoint = await admin.call('GET', '/api/audit/checkpoint');
    expect(checkpoint.at('note')).toContain('gatehouse/');
    const user = await gatehouse.person('olga');
    for (const path of ['verify', 'checkpoint'])
      expect((await user.call('GET', `/api/audit/${path}`)).status).toBe(403);
    const metadata = await user.call('GET', '/api/audit/metadata');
    expect(metadata.at('actors')).toEqual([{ value: 'olga' }]);
    expect(metadata.at('resources')).toEqual([{ key: 'account', value: 'account', label: 'Account' }]);
    expect(metadata.at('actionCategories')).toContainEqual({ key: 'auth', label: 'Sign-ins' });
  });
});

test('refuses filters that it does not know', async () => {
  await using gatehouse = await startTestGatehouse();
  const owner = await gatehouse.person('olga');
  for (const [query, field] of [
    ['organizationId=everything', 'organizationId'],
    ['outcome=maybe', 'outcome'],
    ['limit=1001', 'limit'],
    ['startDate=yesterday', 'startDate'],
    ['cursor=-', 'cursor'],
    ['offset=-1', 'offset'],
    ['offset=3&cursor=a', 'offset'],
    ['page=3', 'page'],
  ] as const)
    expect(await owner.call('GET', `/api/audit/logs?${query}`), query).toMatchObject({
      status: 400,
      body: { details: [{ path: field }] },
    });
});
test('opens to an API key only with its scope', async () => {
  await using gatehouse = await startTestGatehouse();
  const owner = await gatehouse.person('olga');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const key = async (scopes: string[]) =>
    String(
      (
        await owner.call('POST', '/api/account/api-keys', {
          currentPassword: password,
          name: scopes.join(),
          scopes,
          expiresAt,
        })
      ).at('token'),
    );
  const path = '/api/audit/logs?organizationId=personal';
  expect((await gatehouse.call('GET', path, { token: await key(['audit:read']) })).status).toBe(200);
  expect((await gatehouse.call('GET', path, { token: await key(['organizations:read']) })).status).toBe(403);
});
