import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { engines, password, startTestGatehouse, type TestGatehouse } from './harness/gatehouse.ts';

const newPassword = 'tractor velvet lagoon seven';
const anna = { username: 'anna', password, firstName: 'Anna', lastName: 'Example' };
const firstAccount = ({ setup }: TestGatehouse) => ({ ...anna, setupToken: setup.token });
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString();

describe.each(engines)('accounts and sign-in on %s', (engine) => {
  test('register, sign in, sign out, on both spellings of the path', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    expect((await gatehouse.call('GET', '/api/service/is-fts')).body).toBe(true);
    expect((await gatehouse.call('POST', '/api/accounts/register', { body: firstAccount(gatehouse) })).status).toBe(
      200,
    );
    expect((await gatehouse.call('GET', '/api/service/is-fts/')).body).toBe(false);
    expect(await gatehouse.call('POST', '/api/account/register', { body: anna })).toMatchObject({
      status: 403,
      body: { error: 'forbidden' },
    });

    const internal = { id: 'internal', type: 'internal', isInternal: true, enabled: true, allowRegistration: false };
    expect((await gatehouse.call('GET', '/api/auth/providers')).body).toMatchObject([internal]);

    const login = await gatehouse.call('POST', '/api/auth/login', { body: { username: 'ANNA', password } });
    const token = String(login.at('token'));
    expect(login.status).toBe(200);
    expect(login.headers.get('authorization')).toBe(token);
    expect(login.headers.get('cache-control')).toBe('no-store');
    expect((await gatehouse.call('GET', '/api/accounts/me', { token })).body).toEqual({
      id: 1,
      username: 'anna',
      firstName: 'Anna',
      lastName: 'Example',
      totpEnabled: false,
      isAdmin: true,
      permissions: [],
      preferences: {},
      avatarHash: null,
    });

    expect((await gatehouse.call('POST', '/api/auth/logout', { body: { token } })).status).toBe(200);
    expect((await gatehouse.call('POST', '/api/auth/logout', { body: { token } })).status).toBe(404);
    expect((await gatehouse.call('GET', '/api/account/me', { token })).status).toBe(401);
  });

  test('200 first registrations at once make one administrator', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        gatehouse.call('POST', '/api/account/register', { body: { ...firstAccount(gatehouse), username: `user${n}` } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 403, 429]).toContain(status);
  });

  test('wrong passwords of one address are counted together, whatever port a trusted proxy writes beside it', async () => {
    await using behindProxy = await startTestGatehouse({ environment: { TRUST_PROXY: '127.0.0.1' } });
    await behindProxy.person('anna');
    const attempt = (forwarded: object, username = 'nobody-here') =>
      behindProxy.call('POST', '/api/auth/login', {
        headers: { ...forwarded },
        body: { username, password: 'wrong' },
      });
    const statuses: number[] = [];
    for (let port = 41_000; port < 41_060; port++) {
      const header = port % 2 === 0 ? 'x-forwarded-for' : 'forwarded';
      const value = port % 2 === 0 ? `198.18.0.2:${port}` : `for="198.18.0.2:${port}"`;
      statuses.push((await attempt({ [header]: value }, `name${port}`)).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await attempt({ 'x-forwarded-for': '198.18.0.3:41000' }, 'another')).status).toBe(401);
  });

  test('wrong passwords end in 429 that says when to try again, whatever X-Forwarded-For says', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    await gatehouse.call('POST', '/api/account/register', { body: firstAccount(gatehouse) });
    const attempt = (username: string, n: number) =>
      gatehouse.call('POST', '/api/auth/login', {
        body: { username, password: 'not the password' },
        headers: { 'x-forwarded-for': `198.51.100.${n % 250}` },
      });
    const first = await attempt('name0', 0);
    expect(first).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
    expect(first.headers.get('ratelimit-remaining')).toBe('9');
    const statuses = [];
    for (let n = 1; n < 60; n++) statuses.push((await attempt(`name${n}`, n)).status);
    expect(statuses.indexOf(429)).toBe(49);
    const refused = await gatehouse.call('POST', '/api/auth/login', { body: { username: 'anna', password } });
    expect(refused).toMatchObject({ status: 429, body: { error: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(refused.headers.get('ratelimit-limit')).toBe('50');
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(Number(refused.headers.get('ratelimit-reset'))).toBeGreaterThan(800);
  });

  test('limits of sign-in survive a restart', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    await gatehouse.call('POST', '/api/account/register', { body: firstAccount(gatehouse) });
    const attempt = () =>
      gatehouse.call('POST', '/api/auth/login', { body: { username: 'anna', password: 'not the password' } });
    for (let n = 0; n < 10; n++) expect((await attempt()).status).toBe(401);
    await gatehouse.restart();
    expect((await attempt()).status).toBe(429);
  });

  test('sessions are listed and ended by their own account only', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const bert = await gatehouse.person('bert');
    const again = await gatehouse.signIn('bert');
    const list = await bert.call('GET', '/api/sessions/list');
    expect(list.body).toMatchObject([{ current: false }, { current: true, ip: '127.0.0.1' }]);
    const path = `/api/session/${String(list.at('0.id'))}`;
    expect((await admin.call('DELETE', path)).status).toBe(404);
    expect((await bert.call('DELETE', path)).status).toBe(200);
    expect((await bert.call('DELETE', path)).status).toBe(404);
    expect((await again.call('GET', '/api/account/me')).status).toBe(401);
    expect((await bert.call('GET', '/api/account/me')).status).toBe(200);
  });

  test('a new password needs the current one and ends the other sessions', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const other = await gatehouse.signIn('admin');
    const change = (currentPassword: string | undefined) =>
      admin.call('PATCH', '/api/account/password', { password: newPassword, currentPassword });
    expect((await change(undefined)).status).toBe(400);
    expect(await change('not the password')).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
    expect((await other.call('GET', '/api/account/me')).status).toBe(200);
    expect((await change(password)).status).toBe(200);
    expect((await other.call('GET', '/api/account/me')).status).toBe(401);
    expect((await admin.call('GET', '/api/account/me')).status).toBe(200);
  });

  test('API keys do what their scopes say and never what needs a session', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const made = await admin.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'ci',
      scopes: ['account:read'],
      expiresAt: inAMonth,
    });
    expect(made.status).toBe(201);
    const token = String(made.at('token'));
    expect((await gatehouse.call('GET', '/api/account/me', { token })).status).toBe(200);
    const forbidden = [
      gatehouse.call('GET', '/api/users/list', { token }),
      gatehouse.call('GET', '/api/session/list', { token }),
      gatehouse.call('GET', '/api/account/api-keys', { token }),
      gatehouse.call('PATCH', '/api/account/password', {
        token,
        body: { password: newPassword, currentPassword: password },
      }),
    ];
    for (const answer of await Promise.all(forbidden))
      expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } });

    const list = await admin.call('GET', '/api/account/api-keys');
    expect(list.body).toMatchObject([{ name: 'ci', scopes: ['account:read'], lastUsedIp: '127.0.0.1' }]);
    expect(JSON.stringify(list.body)).not.toContain(token);
    expect((await admin.call('DELETE', `/api/account/api-keys/${String(made.at('id'))}`)).status).toBe(200);
    expect((await gatehouse.call('GET', '/api/account/me', { token })).status).toBe(401);
  });

  test('an API key is made with the password only, and administrators see and end those of others', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const bert = await gatehouse.person('bert');
    const make = (currentPassword?: string) =>
      bert.call('POST', '/api/account/api-keys', {
        ...(currentPassword === undefined ? {} : { currentPassword }),
        name: 'ci',
        scopes: ['account:read'],
        expiresAt: inAMonth,
      });
    for (const currentPassword of [undefined, 'not the password'])
      expect(await make(currentPassword)).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
    const made = await make(password);
    const keys = `/api/users/${bert.id}/api-keys`;
    const key = `${keys}/${String(made.at('id'))}`;
    const token = String(made.at('token'));
    expect((await gatehouse.call('GET', keys, { token })).status).toBe(403);
    expect([(await bert.call('GET', keys)).status, (await bert.call('DELETE', key)).status]).toEqual([403, 403]);
    expect((await gatehouse.call('GET', '/api/account/me', { token })).status).toBe(200);
    expect((await admin.call('GET', keys)).body).toMatchObject([
      { id: made.at('id'), name: 'ci', lastUsedIp: '127.0.0.1' },
    ]);
    expect((await admin.call('DELETE', `/api/users/${admin.id}/api-keys/${String(made.at('id'))}`)).status).toBe(404);
    expect((await admin.call('DELETE', key)).status).toBe(200);
    expect((await admin.call('DELETE', key)).status).toBe(404);
    expect((await gatehouse.call('GET', '/api/account/me', { token })).status).toBe(401);
  });

  test('administrators make, list, promote, disable and delete users', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const bert = await gatehouse.person('bert');
    expect((await bert.call('GET', '/api/users/list')).status).toBe(403);
    expect((await admin.call('GET', '/api/users/list?search=BER&limit=10&offset=0')).body).toMatchObject({
      total: 1,
      users: [{ id: bert.id, username: 'bert', disabled: false }],
    });
    expect((await admin.call('PUT', '/api/users', { ...anna, username: 'Bert' })).status).toBe(409);
    expect((await admin.call('PATCH', `/api/users/${bert.id}`, { isAdmin: true })).status).toBe(200);
    expect((await bert.call('GET', '/api/users/list')).status).toBe(200);
    expect((await admin.call('PATCH', `/api/users/${bert.id}`, { disabled: true })).status).toBe(200);
    expect((await bert.call('GET', '/api/account/me')).status).toBe(401);
    expect((await admin.call('DELETE', `/api/users/${admin.id}`)).status).toBe(409);
    expect((await admin.call('DELETE', `/api/users/${bert.id}`)).status).toBe(200);
    expect((await admin.call('DELETE', `/api/users/${bert.id}`)).status).toBe(404);
  });

  test('the owner of an organization is not deleted', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const bert = await gatehouse.person('bert');
    await bert.call('PUT', '/api/organization', { name: 'Works' });
    expect(await admin.call('DELETE', `/api/users/${bert.id}`)).toMatchObject({
      status: 409,
      body: { error: 'conflict' },
    });
  });

  test('names, preferences and the search for people', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    await gatehouse.person('bert');
    expect((await admin.call('PATCH', '/api/account/name', {})).status).toBe(400);
    expect((await admin.call('PATCH', '/api/account/name', { firstName: 'Grace' })).status).toBe(200);
    await admin.call('PATCH', '/api/account/me/preferences', { theme: 'dark', terminal: { font: 12 } });
    const merged = await admin.call('PATCH', '/api/account/me/preferences', { theme: null, terminal: { size: 1 } });
    expect(merged.at('preferences')).toEqual({ terminal: { font: 12, size: 1 } });
    expect((await admin.call('GET', '/api/account/search?search=be')).status).toBe(400);
    expect((await admin.call('GET', '/api/account/search?search=BER')).body).toMatchObject([{ username: 'bert' }]);
    expect((await admin.call('PATCH', '/api/account/name', { firstName: 'Çağla' })).status).toBe(200);
    const shouted = encodeURIComponent('ÇAĞ');
    expect((await admin.call('GET', `/api/account/search?search=${shouted}`)).body).toMatchObject([
      { username: 'admin' },
    ]);
  });
});

test('the first registration needs the printed token, which is in a file until then', async () => {
  await using gatehouse = await startTestGatehouse();
  const file = join(gatehouse.dataDir, 'setup-token');
  const register = (setupToken?: string) =>
    gatehouse.call('POST', '/api/account/register', { body: { ...anna, setupToken } });
  expect(await register()).toMatchObject({ status: 403, body: { error: 'setup_token_required' } });
  expect((await register('0'.repeat(40))).status).toBe(403);
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([`${gatehouse.setup.token}\n`, 0o600]);
  const { token } = gatehouse.setup;
  await gatehouse.restart();
  expect(gatehouse.setup.token).toBe(token);
  expect((await register(token)).status).toBe(200);
  expect(existsSync(file)).toBe(false);
});

test('a web page in a browser on the machine cannot make the first account', async () => {
  await using gatehouse = await startTestGatehouse();
  const register = (headers: Record<string, string>) =>
    gatehouse.call('POST', '/api/account/register', { body: anna, headers });
  expect((await register({ origin: 'https://attacker.example' })).status).toBe(403);
  expect((await register({ 'content-type': 'text/plain' })).status).toBe(415);
  expect((await gatehouse.call('GET', '/api/service/is-fts')).body).toBe(true);
});

test('the account of the configuration is there from the start', async () => {
  await using gatehouse = await startTestGatehouse({
    environment: { ADMIN_USERNAME: 'boss', ADMIN_PASSWORD: newPassword },
  });
  expect(gatehouse.setup).toEqual({ open: false, token: undefined });
  const boss = await gatehouse.signIn('boss', newPassword);
  expect((await boss.call('GET', '/api/account/me')).body).toMatchObject({ username: 'boss', isAdmin: true });
});

test('nothing that is logged has a password or a token', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await admin.call('PATCH', '/api/account/password', { password: newPassword, currentPassword: password });
  const token = String(
    (
      await admin.call('POST', '/api/account/api-keys', {
        currentPassword: newPassword,
        name: 'ci',
        scopes: ['account:read'],
        expiresAt: inAMonth,
      })
    ).at('token'),
  );
  await gatehouse.call('GET', '/api/account/me', { token });
  const [, , keySecret = ''] = token.split('_');
  for (const secret of [password, newPassword, admin.token, keySecret]) expect(gatehouse.log()).not.toContain(secret);
});

test.each([
  ['a username with a space', { ...anna, username: 'an na' }, 'username'],
  ['a username of two letters', { ...anna, username: 'an' }, 'username'],
  ['a common password', { ...anna, password: 'password123' }, 'password'],
  ['a short password', { ...anna, password: 'short' }, 'password'],
  ['a password of 256 characters', { ...anna, password: 'x'.repeat(256) }, 'password'],
  ['a field that there is not', { ...anna, isAdmin: true }, 'isAdmin'],
])('a registration with %s is 400 and names it', async (_, body, path) => {
  await using gatehouse = await startTestGatehouse();
  const registration = { setupToken: gatehouse.setup.token, ...body };
  expect(await gatehouse.call('POST', '/api/account/register', { body: registration })).toMatchObject({
    status: 400,
    body: { error: 'invalid_request', details: [{ path }] },
  });
});
