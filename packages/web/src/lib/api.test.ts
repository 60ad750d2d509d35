import { changeName, getMe } from '@gatehouse/contract/accounts';
import { ApiError } from '@gatehouse/contract/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { answering, refusal } from '../../test/rendering/network.ts';
import { person } from '../../test/rendering/samples.ts';
import { call, callStrictly, exchange, isSignedOut, isUnreachable, problemOf } from './api.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

async function failureOf(answer: () => unknown): Promise<unknown> {
  answering(answer);
  return call(getMe, {}).catch((error: unknown) => error);
}

test('asks the server of the page, with no credential of its own', async () => {
  const sent = answering(() => person());
  await expect(call(getMe, {})).resolves.toMatchObject({ username: 'ada' });
  expect(sent).toMatchObject([{ method: 'GET', path: '/api/account/me', body: undefined }]);
  expect([...(sent[0]?.headers ?? [])]).toEqual([]);
});

test('only a strict call asks for what is not right to be refused', async () => {
  const sent = answering(() => ({ message: 'done' }));
  await call(changeName, { body: { firstName: 'Ada' } });
  await callStrictly(changeName, { body: { firstName: 'Ada' } });
  expect(sent.map(({ headers }) => headers.get('prefer'))).toEqual([null, 'handling=strict']);
  expect(sent.map(({ body }) => body)).toEqual([{ firstName: 'Ada' }, { firstName: 'Ada' }]);
});

test('a call can send headers of its own, and tells the version of what it read', async () => {
  const sent = answering(() => Response.json(person(), { headers: { etag: '"7"' } }));
  const { result, etag } = await exchange(getMe, {}, { headers: { 'if-match': '"6"' } });
  expect([result.id, etag]).toEqual([1, '"7"']);
  expect(sent[0]?.headers.get('if-match')).toBe('"6"');
});

test('an answer that is not what the contract says does not get into the app', async () => {
  expect(await failureOf(() => ({ ...person(), id: 'one' }))).not.toBeInstanceOf(ApiError);
});

describe('problemOf', () => {
  test('is what the server answered', async () => {
    const error = await failureOf(() => refusal(404, 'not_found'));
    expect(problemOf(error)).toMatchObject({ code: 404, error: 'not_found', requestId: 'r-1' });
  });

  test.each([
    ['the network', () => Promise.reject(new TypeError('fetch failed'))],
    ['a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['a problem of no known kind', () => refusal(418, 'teapot')],
    ['something that is no error at all', () => Promise.reject(new Error(''))],
  ])('of what comes from %s there is none', async (_, answer) => {
    expect(problemOf(await failureOf(answer))).toBeUndefined();
  });

  test.each([undefined, null, 'text', 7, {}])('of %j there is none', (value) => {
    expect(problemOf(value)).toBeUndefined();
  });
});

describe('isUnreachable', () => {
  test.each([
    // What Chromium, Firefox, Safari and Node say.
    [new TypeError('Failed to fetch'), true],
    [new TypeError('NetworkError when attempting to fetch resource.'), true],
    [new TypeError('Load failed'), true],
    [new TypeError('fetch failed'), true],
    [new DOMException('The operation timed out.', 'TimeoutError'), true],
    // A fault of the app itself.
    [new TypeError("Cannot read properties of undefined (reading 'id')"), false],
    [new DOMException('aborted', 'AbortError'), false],
    [new Error('Failed to fetch'), false],
    ['Failed to fetch', false],
    [undefined, false],
  ])('of %s it is %s', (error, unreachable) => {
    expect(isUnreachable(error)).toBe(unreachable);
  });

  test('is not what the server answers', async () => {
    expect(isUnreachable(await failureOf(() => refusal(503, 'unavailable')))).toBe(false);
  });
});

describe('isSignedOut', () => {
  test.each([
    [401, 'unauthenticated', true],
    [400, 'malformed_authorization', true],
    // A wrong password is no sign-in that has ended.
    [401, 'invalid_credentials', false],
    [403, 'forbidden', false],
    [403, 'insufficient_scope', false],
    [503, 'unavailable', false],
    [500, 'internal', false],
  ])('of %s %s it is %s', async (status, error, signedOut) => {
    expect(isSignedOut(await failureOf(() => refusal(status, error)))).toBe(signedOut);
  });

  test('a server that was not reached says nothing of it', async () => {
    expect(isSignedOut(await failureOf(() => Promise.reject(new TypeError('fetch failed'))))).toBe(false);
  });
});

test.each([
  ['12', 12],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['-1', undefined],
  ['1.5', undefined],
])('Retry-After %j means %s seconds', async (header, seconds) => {
  const answer = refusal(429, 'too_many_requests');
  answer.headers.set('retry-after', header);
  expect(await failureOf(() => answer)).toMatchObject({ retryAfterS: seconds });
});
