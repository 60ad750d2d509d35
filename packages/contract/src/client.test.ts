import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportAuditLogs } from './audit.ts';
import { login } from './auth.ts';
import { ApiError, createClient } from './client.ts';
import { createEntry, getEntry, listEntries } from './entries.ts';
import { deleteIdentity } from './identities.ts';
import { createOrganization } from './organizations.ts';

interface Request {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let url: string;
let requests: Request[];
let answer: (response: ServerResponse) => void;
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  requests = [];
  answer = json(200, { message: 'Done.' });
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, url: path, headers } = request;
      requests.push({ method, url: path, headers, body });
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

const problem = { code: 404, message: 'There is nothing here.', error: 'not_found', requestId: 'r1' };

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a call', () => {
  test('goes to its path with its method, and carries the token', async () => {
    const { call } = createClient({ baseUrl: url, token: 'secret' });
    expect(await call(deleteIdentity, { params: { identityId: '7' } })).toEqual({ message: 'Done.' });
    expect(requests).toMatchObject([
      { method: 'DELETE', url: '/api/identity/7', body: '', headers: { authorization: 'Bearer secret' } },
    ]);
    expect(requests[0]?.headers).not.toHaveProperty('content-type');
  });

  test('carries no token where there is none', async () => {
    await createClient({ baseUrl: url }).call(deleteIdentity, { params: { identityId: '7' } });
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('sends its body as JSON', async () => {
    answer = json(200, { id: 3, message: 'Done.' });
    const body = { name: 'wéb', config: { ip: 'web-1.example' } };
    expect(await createClient({ baseUrl: url }).call(createEntry, { body })).toEqual({ id: 3, message: 'Done.' });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual(body);
    expect(requests[0]?.headers['content-type']).toBe('application/json');
  });

  test('writes its query, without what is undefined', async () => {
    answer = json(200, []);
    const { call } = createClient({ baseUrl: url });
    await call(listEntries, { query: { search: 'a&b=c d', limit: 5, cursor: undefined } });
    await call(listEntries, {});
    expect(requests.map((request) => request.url)).toEqual([
      '/api/entry/list?search=a%26b%3Dc+d&limit=5',
      '/api/entry/list',
    ]);
  });

  test('keeps what is put into its path within its part', async () => {
    answer = json(404, problem);
    await failureOf(createClient({ baseUrl: url }).call(getEntry, { params: { entryId: '../users?x=1#' } }));
    expect(requests[0]?.url).toBe('/api/entry/..%2Fusers%3Fx%3D1%23');
  });

  test('sends the headers of the client and its own, which win', async () => {
    const { call } = createClient({ baseUrl: url, headers: { prefer: 'handling=strict', 'x-one': 'client' } });
    await call(deleteIdentity, { params: { identityId: '7' } }, { headers: { 'if-match': '"v1"', 'x-one': 'call' } });
    expect(requests[0]?.headers).toMatchObject({ prefer: 'handling=strict', 'if-match': '"v1"', 'x-one': 'call' });
  });

  test('tells the version of what was answered', async () => {
    answer = json(200, { message: 'Done.' }, { etag: '"v2"' });
    const { exchange } = createClient({ baseUrl: url });
    expect(await exchange(deleteIdentity, { params: { identityId: '7' } })).toEqual({
      result: { message: 'Done.' },
      etag: '"v2"',
    });
    answer = json(200, { message: 'Done.' });
    expect((await exchange(deleteIdentity, { params: { identityId: '7' } })).etag).toBeNull();
  });

  test('hands on what is no JSON as it is', async () => {
    answer = (response) =>
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"id":1}\n{"id":2}\n');
    expect(await createClient({ baseUrl: url }).call(exportAuditLogs, { query: {} })).toBe('{"id":1}\n{"id":2}\n');
  });
});

describe('a call fails', () => {
  test('with the problem that the server answered', async () => {
    answer = json(404, problem);
    const error = await failureOf(createClient({ baseUrl: url }).call(getEntry, { params: { entryId: '7' } }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: 'ApiError', message: problem.message, problem, retryAfterS: undefined });
  });

  test.each([
    ['12', 12],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('with when to try again: %s', async (header, seconds) => {
    answer = json(429, { ...problem, code: 429, error: 'too_many_requests' }, { 'retry-after': header });
    const body = { username: 'ada', password: 'x' };
    const error = await failureOf(createClient({ baseUrl: url }).call(login, { body }));
    expect((error as ApiError).retryAfterS).toBe(seconds);
  });

  test('where another success is answered than the one of the contract', async () => {
    answer = json(200, problem);
    const error = await failureOf(createClient({ baseUrl: url }).call(createOrganization, { body: { name: 'Ops' } }));
    expect(error).toBeInstanceOf(ApiError);
  });

  test('where the answer is not what the contract says', async () => {
    answer = json(200, { id: 'three', message: 'Done.' });
    const body = { name: 'web-1', config: { ip: 'web-1.example' } };
    const error = await failureOf(createClient({ baseUrl: url }).call(createEntry, { body }));
    expect(error).toMatchObject({ name: 'ZodError' });
  });

  test('where something in between answers in place of the server', async () => {
    answer = (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    const error = await failureOf(createClient({ baseUrl: url }).call(getEntry, { params: { entryId: '7' } }));
    expect(error).toBeInstanceOf(SyntaxError);
  });

  test('where nothing is answered in time', async () => {
    answer = () => undefined;
    const { call } = createClient({ baseUrl: url, timeoutMs: 60_000 });
    const error = await failureOf(call(getEntry, { params: { entryId: '7' } }, { timeoutMs: 50 }));
    expect(error).toMatchObject({ name: 'TimeoutError' });
  });
});
