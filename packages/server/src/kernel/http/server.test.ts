import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { say } from '@gatehouse/contract/messages/message';
import { operation } from '@gatehouse/contract/operation';
import { wholeNumber } from '@gatehouse/contract/fields';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, notFound, refuse } from '../app-error.ts';
import { createLogger } from '../logger.ts';
import { PreparedAnswer } from './prepared-answer.ts';
import { serveOpen } from './serve.ts';
import { securityHeaders } from './security-headers.ts';
import { createHttpServer } from './server.ts';

const base = { access: { kind: 'none' }, summary: 'A test' } as const;

const greet = operation({
  ...base,
  id: 'test.greet',
  method: 'POST',
  path: '/api/test/:id',
  params: z.object({ id: z.string().regex(/^\d+$/) }),
  body: z.strictObject({ name: z.string(), nested: z.strictObject({ times: wholeNumber(1, 3) }).optional() }),
  result: z.object({ greeting: z.string() }),
});

const leave = operation({
  ...base,
  id: 'test.leave',
  method: 'DELETE',
  path: '/api/test/leave',
  result: z.object({ greeting: z.string() }),
});

async function start(
  handle: () => Promise<{ greeting: string } | PreparedAnswer> = () => Promise.resolve({ greeting: 'hello' }),
) {
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  const app = await createHttpServer({ logger, trustProxy: [], recordRefusal: () => Promise.resolve() });
  serveOpen(app, greet, handle);
  serveOpen(app, leave, handle);
  return { app, log: () => lines.join('') };
}

function post(payload: string | Buffer | object, url = '/api/test/1', contentType = 'application/json') {
  return { method: 'POST' as const, url, payload, headers: { 'content-type': contentType } };
}

const json = { 'content-type': 'application/json' };

test.each(['plain', 'Zoë and 東京', 'long '.repeat(10_000), 'é'.repeat(20_000)])(
  'sends what was prepared byte for byte: %.20s',
  async (greeting) => {
    const bytes = Buffer.from(JSON.stringify({ greeting }));
    const { app } = await start(() => Promise.resolve(new PreparedAnswer(bytes, '"1"')));

    const answer = await app.inject(post({ name: 'Ada' }));

    expect(answer.headers['content-length']).toBe(String(bytes.length));
    // Cached only by the client, which revalidates it each time.
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    expect(answer.rawPayload.equals(bytes)).toBe(true);
  },
);

test('answers what the contract declares and nothing beside it', async () => {
  const { app } = await start(() => Promise.resolve({ greeting: 'hello', secret: 'kept back' }));

  const answer = await app.inject(post({ name: 'Ada' }));

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ greeting: 'hello' });
});

test.each([
  ['a field that is not there', { name: 'Ada', extra: 1 }, 'extra'],
  ['a field inside another', { name: 'Ada', nested: { times: 4 } }, 'nested.times'],
  ['a missing field', {}, 'name'],
])('names %s', async (_what, body, path) => {
  const { app } = await start();

  const answer = await app.inject(post(body));

  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 400, error: 'invalid_request', details: [{ path }] });
});

test.each([
  ['no body at all', { method: 'POST' as const, url: '/api/test/1' }],
  ['an empty body of JSON', post('')],
  ['an empty body of another type', { ...post(''), headers: { 'content-type': 'text/plain', 'content-length': '0' } }],
])('says that the body is missing: %s', async (_what, request) => {
  const { app } = await start();

  const answer = await app.inject(request);

  expect(answer.json()).toMatchObject({
    code: 400,
    error: 'invalid_request',
    messageCode: 'body_missing',
    details: [{ path: '', messageCode: 'value_missing', messageParams: { expected: 'object' } }],
  });
});

test.each([
  ['null', 'null'],
  ['a list', '[]'],
])('says that a body is of a wrong type: %s', async (_what, body) => {
  const { app } = await start();

  const answer = await app.inject(post(body));

  expect(answer.json()).toMatchObject({
    code: 400,
    messageCode: 'request_fault',
    details: [{ path: '', messageCode: 'type_wrong', messageParams: { expected: 'object' } }],
  });
});

test.each<[string | undefined, number]>([
  [undefined, 200],
  ['', 200],
  ['{}', 200],
  ['{"name":"Ada"}', 400],
  ['[]', 400],
])('takes no body where the contract knows of none: %s', async (payload, status) => {
  const { app } = await start();
  const headers = payload === undefined ? {} : { 'content-type': 'application/json' };

  const answer = await app.inject({ method: 'DELETE', url: '/api/test/leave', headers, ...(payload && { payload }) });

  expect(answer.statusCode).toBe(status);
});

test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream'])(
  'takes an empty body of any type for none: %s',
  async (type) => {
    const { app } = await start();
    const headers = { 'content-type': type, 'content-length': '0' };

    expect((await app.inject({ method: 'DELETE', url: '/api/test/leave', headers })).statusCode).toBe(200);
  },
);

test.each([
  ['malformed JSON', post('{"name":'), 400],
  ['what is no UTF-8', post(Buffer.from('{"name":"Zoë"}', 'latin1')), 400],
  ['a prototype', post('{"__proto__":{"admin":true},"name":"Ada"}'), 400],
  ['another media type', post('name=Ada', undefined, 'application/x-www-form-urlencoded'), 415],
  ['a compressed body', { ...post({ name: 'Ada' }), headers: { ...json, 'content-encoding': 'gzip' } }, 415],
  ['a large body', post({ name: 'x'.repeat(300 * 1024) }), 413],
  ['no body at all', { method: 'POST' as const, url: '/api/test/1' }, 400],
  ['an id that is none', post({ name: 'Ada' }, '/api/test/x1'), 404],
  ['an unknown path', post({}, '/api/nothing'), 404],
])('answers %s with a problem', async (_what, request, status) => {
  const { app } = await start();

  const answer = await app.inject(request);

  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.json()).toMatchObject({ code: status, requestId: answer.headers['x-request-id'] });
});

test.each([
  ['a success', post({ name: 'Ada' }), 200],
  ['a refusal', post({}), 400],
  ['a path that does not exist', post({}, '/api/nothing'), 404],
  ['a path that is none', post({}, '/%zz'), 404],
])('protects %s from being kept, embedded, guessed at or confused with another', async (_what, request, status) => {
  const { app } = await start();

  const { statusCode, headers } = await app.inject(request);

  expect(statusCode).toBe(status);
  expect(headers).toMatchObject({ ...securityHeaders, 'cache-control': 'no-store' });
  expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
});

test('logs each request with its id at level debug', async () => {
  const { app, log } = await start();

  const answer = await app.inject(post({ name: 'Ada' }));

  expect(log()).toContain(`"requestId":"${String(answer.headers['x-request-id'])}","method":"POST"`);
});

test.each(['/api/test/1', '/api/test/1/', '/api/test/1?x=1'])('names the methods that %s takes', async (url) => {
  const { app } = await start();

  const answer = await app.inject({ method: 'DELETE', url });

  expect(answer.statusCode).toBe(405);
  expect(answer.headers.allow).toBe('POST');
  expect(answer.json()).toMatchObject({ code: 405, error: 'method_not_allowed' });
});

test('names them, too, where a route for every address finds nothing', async () => {
  const { app } = await start();
  app.get('/*', () => Promise.reject(notFound()));

  const answers = [await app.inject('/api/test/1'), await app.inject('/api/nothing')];

  expect(answers.map(({ statusCode, headers }) => [statusCode, headers.allow])).toEqual([
    [405, 'POST'],
    [404, undefined],
  ]);
});

test.each(['/api/test/x1', '/api/test', '/api/test/1/2', '/api/test/%31', '//api/test/1', '/api/test/1/*'])(
  'knows no method of %s',
  async (url) => {
    const { app } = await start();

    const answer = await app.inject({ method: 'DELETE', url });

    expect(answer.statusCode).toBe(404);
    expect(answer.headers).not.toHaveProperty('allow');
  },
);

test('keeps what went wrong inside to the log', async () => {
  const { app, log } = await start(() => Promise.reject(new Error('the disk is on fire')));

  const answer = await app.inject(post({ name: 'Ada' }));

  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('fire');
  expect(log()).toContain('the disk is on fire');
  expect(levelsAndStacks(log())).toEqual([['error', true]]);
});

test.each(['login_failed', 'unavailable', 'timed_out'] as const)(
  'warns of %s in a line without a stack',
  async (code) => {
    const cause = new Error('connection reset');
    const { app, log } = await start(() => Promise.reject(new AppError(code, say('server_stopping'), { cause })));

    await app.inject(post({ name: 'Ada' }));

    expect(levelsAndStacks(log())).toEqual([['warn', false]]);
    expect(log()).toContain(`"problem":"${code}"`);
    expect(log()).toContain('"cause":"connection reset","msg":"The server is stopping."');
  },
);

test('does not log what the caller did wrong', async () => {
  const { app, log } = await start(() => Promise.reject(refuse('username_taken', { username: 'ada' })));

  await app.inject(post({ name: 'Ada' }));

  expect(levelsAndStacks(log())).toEqual([]);
});

/** The lines above the level of requests: how grave, and whether with a stack. */
function levelsAndStacks(log: string): [string, boolean][] {
  const lines = log.split('\n').filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as { level: number; err?: { stack?: string } })
    .filter(({ level }) => level >= 30)
    .map(({ level, err }) => [level >= 50 ? 'error' : 'warn', err?.stack !== undefined]);
}

/** What a server answers to a request as it is written, until it closes the connection. */
async function answerTo(app: Awaited<ReturnType<typeof start>>['app'], lines: readonly string[]): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write([...lines, 'Host: gatehouse', '', ''].join('\r\n'));
  const answer = await text(socket);
  await app.close();
  return answer;
}

test.each([
  ['h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
  ['websocket', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13'],
])('answers a call whose client would rather speak %s in HTTP/1.1', async (protocol, fields) => {
  const { app } = await start();
  const upgrade = [`Upgrade: ${protocol}`, 'Connection: Upgrade, close', fields];

  const answer = await answerTo(app, ['DELETE /api/test/leave HTTP/1.1', ...upgrade]);

  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('{"greeting":"hello"}');
});

test('answers a handshake that is none with a problem', async () => {
  const { app } = await start();
  app.route({ method: 'GET', url: '/api/ws/state', handler: () => 'never', wsHandler: () => undefined });

  const answer = await answerTo(app, ['GET /api/ws/state HTTP/1.1', 'Upgrade: websocket', 'Connection: Upgrade']);

  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('"error":"invalid_request"');
});

test('says when to try again', async () => {
  const { app } = await start(() => Promise.reject(refuse('sign_ins_too_many', { retryAfterS: 7 })));

  const answer = await app.inject(post({ name: 'Ada' }));

  expect(answer.headers['retry-after']).toBe('7');
});

test('does not serve a route of the API that the contract does not declare', async () => {
  const { app } = await start();

  expect(() => app.get('/api/undeclared', () => 'x')).toThrow(/without an operation of the contract/);
});

test('keeps secrets out of the log, wherever they occur', () => {
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });

  logger.info({ password: 'canary-1', body: { sshKey: 'canary-2' }, req: { headers: { authorization: 'canary-3' } } });

  expect(lines.join('')).not.toContain('canary');
});
