import { networkInterfaces } from 'node:os';
import { Agent } from 'node:http';
import { expect, test } from 'vitest';
import { password, startTestGatehouse, type TestGatehouse } from '../harness/gatehouse.ts';
import { openDatabaseFile } from './database-file.ts';
import { callJson } from './wire.ts';

const racers = 200;
const guesses = 60;
/** Wrong passwords from one address before it is refused unseen. */
const addressBudget = 50;
const proxied = { 'x-forwarded-for': '203.0.113.7' };

function register(gatehouse: TestGatehouse, username: string, more: Record<string, unknown> = {}, headers = {}) {
  const body = { username, password, firstName: 'First', lastName: 'Last', ...more };
  return callJson(gatehouse.url, { method: 'POST', path: '/api/account/register', body, headers });
}

test('of two hundred first registrations at once one makes the administrator', async () => {
  await using gatehouse = await startTestGatehouse();
  const answers = await Promise.all(
    Array.from({ length: racers }, (_, index) =>
      register(gatehouse, `racer-${index}`, { setupToken: gatehouse.setup.token }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const losers = answers.filter(({ status }) => status !== 200);
  expect(
    [...new Set(losers.map(({ body }) => (body as { error: string }).error))].filter(
      (error) => error !== 'too_many_requests',
    ),
  ).toEqual(['forbidden']);
  using database = openDatabaseFile(gatehouse.dataDir);
  expect(database.column('select is_admin from accounts')).toEqual([1]);
  expect(database.column("select count(*) from audit_log where action = 'account.create'")).toEqual([1]);
});

test.each<[string, Record<string, string>]>([
  ['from the machine itself', {}],
  ['through a proxy that says nothing of itself', { host: '127.0.0.1' }],
  ['through a proxy that it trusts', { ...proxied }],
  ['through a proxy that says so otherwise', { forwarded: 'for=203.0.113.7' }],
  ['through one that names no client', { via: '1.1 proxy' }],
  ['by another name of this machine', { host: 'evil.example' }],
  ['from a page of another origin', { origin: 'https://evil.example' }],
])('the first account made %s needs the printed token', async (_, headers) => {
  await using gatehouse = await startTestGatehouse({ environment: { TRUST_PROXY: '127.0.0.1' } });
  const { token = '' } = gatehouse.setup;
  for (const setupToken of [undefined, '', 'x', token.toUpperCase(), `${token} `, token.slice(1)])
    expect(
      await register(gatehouse, 'mallory', setupToken === undefined ? {} : { setupToken }, headers),
      String(setupToken),
    ).toMatchObject({
      status: 403,
      body: { error: 'setup_token_required' },
    });
  using database = openDatabaseFile(gatehouse.dataDir);
  expect(database.column('select count(*) from accounts')).toEqual([0]);
  expect(await register(gatehouse, 'root', { setupToken: token }, headers)).toMatchObject({ status: 200 });
  expect(await register(gatehouse, 'second', { setupToken: token }, headers)).toMatchObject({ status: 403 });
});

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

test.skipIf(outside === undefined)('another address of this machine needs the token, too', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { HOST: '0.0.0.0' } });
  const url = gatehouse.url.replace('127.0.0.1', outside ?? '');
  const body = { username: 'mallory', password, firstName: 'First', lastName: 'Last' };
  const request = { method: 'POST', path: '/api/account/register', body };
  expect(await callJson(url, request)).toMatchObject({ status: 403, body: { error: 'setup_token_required' } });
  const setupToken = gatehouse.setup.token;
  expect(await callJson(url, { ...request, body: { ...body, setupToken } })).toMatchObject({ status: 200 });
});

test('a made-up X-Forwarded-For makes no new address to guess from', async () => {
  await using gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
  const agent = new Agent({ keepAlive: true });
  const statuses: number[] = [];
  for (let guess = 0; guess < guesses; guess++) {
    const headers = {
      'x-forwarded-for': `198.51.${guess}.1`,
      'x-real-ip': `198.51.${guess}.2`,
      forwarded: `for=198.51.${guess}.3`,
    };
    const body = { username: `nobody-${guess}`, password: 'wrong' };
    statuses.push(
      (await callJson(gatehouse.url, { method: 'POST', path: '/api/auth/login', body, headers, agent })).status,
    );
  }
  agent.destroy();
  expect(statuses.filter((status) => status === 401)).toHaveLength(addressBudget);
  expect(statuses.slice(addressBudget)).toEqual(Array.from({ length: guesses - addressBudget }, () => 429));
  using database = openDatabaseFile(gatehouse.dataDir);
  expect(database.column("select distinct ip_address from audit_log where action = 'auth.login'")).toEqual([
    '127.0.0.1',
  ]);
});

test('a trusted proxy is asked for the nearest address alone, so that a client cannot choose its own', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { TRUST_PROXY: '127.0.0.1' } });
  const headers = { 'x-forwarded-for': '10.0.0.1, 203.0.113.9' };
  await callJson(gatehouse.url, {
    method: 'POST',
    path: '/api/auth/login',
    body: { username: 'nobody', password: 'wrong' },
    headers,
  });
  using database = openDatabaseFile(gatehouse.dataDir);
  expect(database.column("select ip_address from audit_log where action = 'auth.login'")).toEqual(['203.0.113.9']);
});
