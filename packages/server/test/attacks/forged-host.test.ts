import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { password, startTestGatehouse, type TestGatehouse } from '../harness/gatehouse.ts';
import { send } from './wire.ts';

const publicUrl = 'https://gate.example.org';
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0' };

let gatehouse: TestGatehouse;
let port: string;
let cookie: string;

beforeAll(async () => {
  gatehouse = await startTestGatehouse({ environment: { PUBLIC_URL: publicUrl } });
  ({ port } = new URL(gatehouse.url));
  await gatehouse.administrator();
  cookie = /__Host-gatehouse=[0-9a-f]{96}/.exec((await signIn({ origin: publicUrl })).rawHeaders.join('\n'))?.[0] ?? '';
});
afterAll(() => gatehouse[Symbol.asyncDispose]());

type Headers = Readonly<Record<string, string>>;

function signIn(headers: Headers) {
  return send(gatehouse.url, {
    method: 'POST',
    path: '/api/auth/cookie',
    headers: { ...browser, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ username: 'admin', password }),
  });
}

/** What a sign-in, a change with the cookie and the socket of changes answer; 400 is "no WebSocket", which comes after the look at the origin. */
async function statusesFor(headers: Headers): Promise<number[]> {
  const withCookie = { ...browser, cookie, ...headers };
  const body = JSON.stringify({ name: 'Ops' });
  const change = { ...withCookie, 'content-type': 'application/json' };
  return [
    (await signIn(headers)).status,
    (await send(gatehouse.url, { method: 'PUT', path: '/api/organization', headers: change, body })).status,
    (await send(gatehouse.url, { method: 'GET', path: '/api/ws/state', headers: withCookie })).status,
  ];
}

describe('with PUBLIC_URL', () => {
  test('its origin is the own one, whatever Host a proxy names', async () => {
    for (const host of ['gate.example.org', '127.0.0.1:PORT', 'upstream.internal'])
      expect(await statusesFor({ origin: publicUrl, host: host.replace('PORT', port) }), host).toEqual([200, 201, 400]);
  });

  test.each([
    ['a forged host', 'http://evil.example', 'evil.example'],
    ['a forged host under HTTPS', 'https://evil.example', 'evil.example'],
    ['the right host over plain HTTP', 'http://gate.example.org', 'gate.example.org'],
    ['loopback, where pages of other programs are, too', 'http://127.0.0.1:PORT', '127.0.0.1:PORT'],
    ['the name of loopback', 'http://localhost:PORT', 'localhost:PORT'],
  ])('%s is foreign, although the request is addressed to it', async (_what, origin, host) => {
    const headers = { origin: origin.replace('PORT', port), host: host.replace('PORT', port) };
    expect(await statusesFor(headers)).toEqual([403, 403, 403]);
  });

  test('programs, which send no origin, are served under any address of the server', async () => {
    const { status } = await gatehouse.call('POST', '/api/auth/login', { body: { username: 'admin', password } });
    expect(status).toBe(200);
  });
});
