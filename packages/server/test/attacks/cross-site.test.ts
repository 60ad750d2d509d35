import { expect, describe, test, beforeAll, afterAll } from 'vitest';
import { openDatabaseFile } from './database-file.ts';
import { password, startTestGatehouse, type Answer, type Method, type TestGatehouse } from '../harness/gatehouse.ts';
import { send } from './wire.ts';

const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0' };
const credentials = { username: 'admin', password };
const cookiePath = '/api/auth/cookie';
const mePath = '/api/account/me';

let gatehouse: TestGatehouse;

beforeAll(async () => {
  gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
});
afterAll(() => gatehouse[Symbol.asyncDispose]());

/** `URL` and `HOST` in a header stand for those of the server. */
function fill(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { url } = gatehouse;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('URL', url).replace('HOST', new URL(url).host).replace('PORT', new URL(url).port),
    ]),
  );
}

function signIn(headers: Readonly<Record<string, string>> = { origin: 'URL' }, body: unknown = credentials) {
  return gatehouse.call('POST', cookiePath, { body, headers: { ...firefox, ...fill(headers) } });
}

/** `name=value` of the cookie that an answer sets. */
function cookieOf(answer: Answer): string {
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

async function openBrowser() {
  const cookie = cookieOf(await signIn());
  return {
    cookie,
    call: (method: Method, path: string, headers: Readonly<Record<string, string>> = {}, body?: unknown) =>
      gatehouse.call(method, path, { body, headers: { ...firefox, cookie, ...fill(headers) } }),
  };
}

const foreign = [
  ['a foreign page', { origin: 'https://evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a page whose name begins like ours', { origin: 'URL.evil.example' }],
  ['a page whose path is ours', { origin: 'https://evil.example/HOST' }],
  ['our name with another scheme', { origin: 'https://HOST' }],
  ['another port of this host', { origin: 'http://127.0.0.1:1' }],
  ['another name of this host', { origin: 'http://localhost:PORT' }],
  ['an empty origin', { origin: '' }],
  ['two origins', { origin: 'URL, https://evil.example' }],
  ['what the browser calls another site', { 'sec-fetch-site': 'cross-site' }],
  ['what the browser calls the same site', { 'sec-fetch-site': 'same-site' }],
  ['what the browser calls another site, with our origin', { origin: 'URL', 'sec-fetch-site': 'cross-site' }],
  ['a foreign page that names our host as the page it came from', { origin: 'null', referer: 'URL/' }],
] as const;

const own = [
  ['our origin', { origin: 'URL' }],
  ['no origin, but the word of the browser', { 'sec-fetch-site': 'same-origin' }],
  ['both', { origin: 'URL', 'sec-fetch-site': 'same-origin' }],
] as const;

describe('the sign-in of a browser', () => {
  test('gives the token to the cookie alone', async () => {
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ message: 'Signed in.', messageCode: 'signed_in' });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^gatehouse=[0-9a-f]{96}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=2592000$/,
    );
    expect(answer.headers.get('authorization')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const token = cookieOf(answer).split('=')[1] ?? '';
    const others = [...answer.headers].filter(([name]) => name !== 'set-cookie');
    expect(JSON.stringify([others, answer.body])).not.toContain(token);
    expect(gatehouse.log()).not.toContain(token);
  });

  test.each(foreign)('is refused to %s, and no password is tried', async (_who, headers) => {
    using database = openDatabaseFile(gatehouse.dataDir);
    const count = () => database.column('select count(*) from audit_log')[0];
    const before = count();
    const answer = await signIn(headers);
    expect(answer).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(count()).toBe(before);
  });

  test('is refused to a browser that does not say which page asks', async () => {
    expect((await signIn({})).status).toBe(403);
  });

  test.each(own)('is open to %s', async (_who, headers) => {
    expect((await signIn(headers)).status).toBe(200);
  });

  test('is open to a program, which has no pages of others', async () => {
    expect((await gatehouse.call('POST', cookiePath, { body: credentials })).status).toBe(200);
  });

  test('takes JSON only, which no form of a foreign page can send', async () => {
    const form = 'username=admin&password=x';
    const types = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'];
    for (const type of types)
      expect((await signIn({ origin: 'URL', 'content-type': type }, form)).status, type).toBe(415);
  });

  test('sets no cookie for a wrong password, and tells no more than the other sign-in', async () => {
    const wrong = { username: 'admin', password: 'not the password' };
    const byCookie = await signIn({ origin: 'URL' }, wrong);
    const byToken = await gatehouse.call('POST', '/api/auth/login', { body: wrong, headers: firefox });
    expect(byCookie.headers.get('set-cookie')).toBeNull();
    expect({ ...(byCookie.body as object), requestId: '' }).toEqual({ ...(byToken.body as object), requestId: '' });
    // Both count against one limit.
    const remaining = [byCookie, byToken].map(({ headers }) => Number(headers.get('ratelimit-remaining')));
    expect(remaining[1]).toBe((remaining[0] ?? 0) - 1);
  });

  test('makes a new token each time, and ends the one that the browser had', async () => {
    const first = await openBrowser();
    const second = cookieOf(await signIn({ origin: 'URL', cookie: first.cookie }));
    expect(second).not.toBe(first.cookie);
    expect((await first.call('GET', mePath)).status).toBe(401);
  });

  test.each(['0'.repeat(96), 'chosen-by-an-attacker', '', '%00', '"quoted"'])(
    'never takes over the value %j that a stranger has set before',
    async (value) => {
      const set = `gatehouse=${value}`;
      const made = cookieOf(await signIn({ origin: 'URL', cookie: set }));
      expect(made).toMatch(/^gatehouse=[0-9a-f]{96}$/);
      expect(made).not.toBe(set);
      const answer = await gatehouse.call('GET', mePath, { headers: { cookie: set } });
      expect(answer).toMatchObject({ status: 401, body: { error: 'unauthenticated' } });
    },
  );
});

describe('what a browser asks with its cookie', () => {
  test.each(foreign)('is refused to %s, and nothing has happened', async (_who, headers) => {
    const browser = await openBrowser();
    const name = `from outside ${String(Math.random())}`;
    const asked = [
      await browser.call('PUT', '/api/organization', headers, { name }),
      await browser.call('PATCH', '/api/account/name', headers, { firstName: name, lastName: name }),
      await browser.call('DELETE', '/api/session/1', headers),
      await browser.call('DELETE', cookiePath, headers),
      await browser.call('GET', '/api/identity/list', headers),
    ];
    for (const { status, body } of asked) expect([status, body]).toMatchObject([403, { error: 'forbidden' }]);
    const read = await browser.call('GET', mePath);
    expect(read.status).toBe(200);
    expect(JSON.stringify(read.body)).not.toContain(name);
    expect(JSON.stringify((await browser.call('GET', '/api/organization')).body)).not.toContain(name);
  });

  test.each(own)('is done for %s', async (_who, headers) => {
    const browser = await openBrowser();
    expect((await browser.call('PUT', '/api/organization', headers, { name: 'Ops' })).status).toBe(201);
    expect((await browser.call('GET', mePath, headers)).status).toBe(200);
    expect((await browser.call('DELETE', cookiePath, headers)).status).toBe(200);
  });

  test('may be read from a typed address, but not written', async () => {
    const browser = await openBrowser();
    for (const headers of [{}, { 'sec-fetch-site': 'none' }]) {
      expect((await browser.call('GET', mePath, headers)).status).toBe(200);
      expect((await browser.call('PUT', '/api/organization', headers, { name: 'Ops' })).status).toBe(403);
    }
  });

  test('is refused before the body is read', async () => {
    const { cookie } = await openBrowser();
    const headers = { cookie, origin: 'https://evil.example', 'content-type': 'application/json' };
    const answer = await send(gatehouse.url, { method: 'PUT', path: '/api/organization', headers, body: '{"name":' });
    expect(answer.status).toBe(403);
  });

  test('gets no leave from the server to be read by another origin', async () => {
    const { call } = await openBrowser();
    for (const method of ['GET', 'PUT'] as const) {
      const { headers } = await call(method, mePath, { origin: 'https://evil.example' });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  test('is nothing at all where two cookies have the name', async () => {
    const victim = await openBrowser();
    const attacker = await openBrowser();
    for (const cookie of [`${attacker.cookie}; ${victim.cookie}`, `${victim.cookie}; ${victim.cookie}`]) {
      const answer = await gatehouse.call('GET', mePath, { headers: { cookie } });
      expect(answer).toMatchObject({ status: 401, body: { error: 'unauthenticated' } });
    }
    expect((await victim.call('GET', mePath)).status).toBe(200);
  });

  test('is not mixed up with cookies of other names', async () => {
    const { cookie } = await openBrowser();
    const token = cookie.split('=')[1] ?? '';
    const around = `a=b; xgatehouse=${token}; ${cookie}; gatehouse2=x; ; =; flag`;
    expect((await gatehouse.call('GET', mePath, { headers: { cookie: around } })).status).toBe(200);
    for (const name of ['Gatehouse', '__Host-gatehouse', 'gatehouse ', '__Secure-gatehouse'])
      expect((await gatehouse.call('GET', mePath, { headers: { cookie: `${name}=${token}` } })).status, name).toBe(400);
  });

  test('takes no API key from a cookie', async () => {
    const { cookie } = await openBrowser();
    const made = await gatehouse.call('POST', '/api/account/api-keys', {
      body: {
        currentPassword: password,
        name: 'robot',
        scopes: ['account:read'],
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      },
      headers: { cookie, origin: gatehouse.url },
    });
    const token = String(made.at('token'));
    expect((await gatehouse.call('GET', mePath, { token })).status).toBe(200);
    expect((await gatehouse.call('GET', mePath, { headers: { cookie: `gatehouse=${token}` } })).status).toBe(401);
  });

  test('follows the Authorization header where there is one, and never falls back to the cookie', async () => {
    const { cookie } = await openBrowser();
    const bert = await gatehouse.person('bert');
    const foreignPage = { cookie, origin: 'https://evil.example' };
    const answer = await gatehouse.call('GET', mePath, { token: bert.token, headers: foreignPage });
    expect(answer.at('username')).toBe('bert');
    expect((await gatehouse.call('GET', mePath, { token: '0'.repeat(96), headers: { cookie } })).status).toBe(401);
    for (const authorization of ['', 'Basic x', 'Bearer'])
      expect((await gatehouse.call('GET', mePath, { headers: { cookie, authorization } })).status).toBe(400);
  });
});

describe('a session in a cookie', () => {
  test('is one of the list, and the current one', async () => {
    const browser = await openBrowser();
    const sessions = (await browser.call('GET', '/api/session/list')).body as { current: boolean; userAgent: string }[];
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ current: true, userAgent: firefox['user-agent'] });
  });

  test('ends with the sign-out, which clears the cookie, however often', async () => {
    const browser = await openBrowser();
    for (let round = 0; round < 2; round++) {
      const answer = await browser.call('DELETE', cookiePath, { origin: 'URL' });
      expect(answer).toMatchObject({ status: 200, body: { message: 'Signed out.' } });
      expect(answer.headers.get('set-cookie')).toBe('gatehouse=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0');
      expect((await browser.call('GET', mePath)).status).toBe(401);
    }
    expect((await gatehouse.call('DELETE', cookiePath)).status).toBe(200);
    const garbage = { origin: gatehouse.url, cookie: 'gatehouse=garbage; gatehouse=more' };
    expect((await gatehouse.call('DELETE', cookiePath, { headers: garbage })).status).toBe(200);
  });

  test('ends as each of several cookies of the name', async () => {
    const one = await openBrowser();
    const other = await openBrowser();
    const both = { origin: gatehouse.url, cookie: `${one.cookie}; ${other.cookie}` };
    expect((await gatehouse.call('DELETE', cookiePath, { headers: both })).status).toBe(200);
    for (const browser of [one, other]) expect((await browser.call('GET', mePath)).status).toBe(401);
  });

  test('ends when it is revoked elsewhere', async () => {
    const browser = await openBrowser();
    const sessions = (await browser.call('GET', '/api/session/list')).body as { id: number; current: boolean }[];
    const id = sessions.find(({ current }) => current)?.id ?? 0;
    const admin = await gatehouse.signIn('admin');
    expect((await admin.call('DELETE', `/api/session/${id}`)).status).toBe(200);
    expect((await browser.call('GET', mePath)).status).toBe(401);
  });
});

describe('under HTTPS', () => {
  const environment = { PUBLIC_URL: 'https://gate.example.org', TRUST_PROXY: '127.0.0.1' };
  const proxied = { host: 'gate.example.org', 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' };
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify(credentials);

  const setCookieOf = (rawHeaders: readonly string[]) =>
    rawHeaders.find((_, index) => rawHeaders[index - 1]?.toLowerCase() === 'set-cookie');

  test.each([
    ['as the proxy says', environment, proxied],
    ['as PUBLIC_URL says', { PUBLIC_URL: environment.PUBLIC_URL }, { host: 'gate.example.org' }],
    ['as PUBLIC_URL says to a proxy that names another host', { PUBLIC_URL: environment.PUBLIC_URL }, { host: 'x' }],
    ['without PUBLIC_URL', { TRUST_PROXY: '127.0.0.1' }, proxied],
  ])('the cookie is bound to this host and to HTTPS, %s', async (_how, settings, through) => {
    await using server = await startTestGatehouse({ environment: settings });
    await server.administrator();
    const origin = 'https://gate.example.org';
    const headers = { ...firefox, ...through, ...json, origin };
    const answer = await send(server.url, { method: 'POST', path: cookiePath, headers, body });
    expect(answer.status, answer.text).toBe(200);
    const set = setCookieOf(answer.rawHeaders) ?? '';
    expect(set).toMatch(/^__Host-gatehouse=[0-9a-f]{96}; Secure; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/);
    const cookie = set.split(';', 1)[0] ?? '';

    const ask = (more: Readonly<Record<string, string>>, method = 'GET') =>
      send(server.url, { method, path: mePath, headers: { ...firefox, ...through, ...more } });
    expect((await ask({ cookie })).status).toBe(200);
    // What came over plain HTTP, or from a neighbour, cannot have the name.
    expect((await ask({ cookie: cookie.replace('__Host-', '') })).status).toBe(400);
    const isSaidByProxyAlone = !('PUBLIC_URL' in settings);
    const plain = await ask({ cookie, host: '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(plain.status).toBe(isSaidByProxyAlone ? 400 : 200);
    const out = await send(server.url, {
      method: 'DELETE',
      path: cookiePath,
      headers: { ...firefox, ...through, cookie, origin: 'http://gate.example.org' },
    });
    expect(out.status).toBe(403);
  });

  test('only a trusted proxy says so', async () => {
    await using server = await startTestGatehouse();
    await server.administrator();
    const headers = { ...proxied, ...json };
    const answer = await send(server.url, { method: 'POST', path: cookiePath, headers, body });
    expect(setCookieOf(answer.rawHeaders)).toMatch(/^gatehouse=/);
  });
});
