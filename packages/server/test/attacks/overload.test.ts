import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-sqlite.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { callJson, send } from './wire.ts';

const hugeBodyBytes = 10 * 1024 * 1024;
const headerLines = 100_000;
const halfOpenSockets = 500;
const jsonLevels = 100_000;
/** How long a server may wait for the rest of a request: its limit, and how often it looks. */
const slowestMs = 50_000;
const patientMs = 10_000;

let directory: TemporaryDirectory;
let server: ServerProcess;
let pid: number;
let token: string;

beforeAll(async () => {
  directory = temporaryDirectory();
  server = await startProcess(directory.path, administrator);
  ({ pid } = server);
  const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  token = String(Reflect.get(login.body as object, 'token'));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  directory[Symbol.dispose]();
});

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  // The server closes what it refuses while it is still being written to.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Resolves when there is room to write again, or never will be. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    for (const event of ['drain', 'close']) socket.once(event, resolve);
  });
}

/** Everything that comes back until the server closes. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('close', () => {
      resolve(text);
    });
  });
}

function head(line: string, ...headers: readonly string[]): string {
  return `${[line, 'host: localhost', ...headers].join('\r\n')}\r\n\r\n`;
}

async function expectNormalService(): Promise<void> {
  const startedMs = performance.now();
  expect(await callJson(server.url, { method: 'GET', path: '/api/identity/list', token })).toMatchObject({
    status: 200,
  });
  expect(performance.now() - startedMs).toBeLessThan(patientMs);
  expect(server.isAlive()).toBe(true);
  expect(server.pid).toBe(pid);
}

describe.concurrent('what is too much is refused, and the others are served', () => {
  // A reset, which ends a connection with unread bytes, may overtake the answer on its way (RFC 9112 section 9.6).
  test('ten megabytes from an anonymous client', { retry: 4 }, async () => {
    for (const framing of [`content-length: ${hugeBodyBytes}`, 'transfer-encoding: chunked']) {
      const socket = await open();
      const answer = answerOf(socket);
      socket.write(
        head('POST /api/auth/login HTTP/1.1', 'content-type: application/json', 'connection: close', framing),
      );
      const chunk = Buffer.alloc(64 * 1024, 'x');
      for (let sent = 0; sent < hugeBodyBytes && !socket.destroyed && socket.writable; sent += chunk.length) {
        const framed = framing.startsWith('transfer') ? [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n'] : [chunk];
        for (const part of framed) if (!socket.write(part)) await drained(socket);
      }
      expect(await answer, framing).toMatch(/^HTTP\/1\.1 413 .*"error":"payload_too_large"/s);
    }
    await expectNormalService();
  });

  test('a hundred thousand header lines', async () => {
    const socket = await open();
    const answer = answerOf(socket);
    socket.write(
      head('GET /api/identity/list HTTP/1.1', ...Array.from({ length: headerLines }, (_, index) => `x-${index}: y`)),
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 431 .*"error":"headers_too_large"/s);
    await expectNormalService();
  });

  test('JSON of a hundred thousand levels', async () => {
    for (const [left, right] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      for (const [method, path, bodyBytes] of [
        ['POST', '/api/auth/login', 16_000],
        ['PATCH', '/api/account/me/preferences', 250_000],
        ['PUT', '/api/entry', 250_000],
      ] as const) {
        const levels = Math.min(jsonLevels, Math.floor(bodyBytes / (left.length + right.length)));
        const body = `${left.repeat(levels)}1${right.repeat(levels)}`;
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
        expect(await send(server.url, { method, path, headers, body }), path).toMatchObject({ status: 400 });
      }
    }
    await expectNormalService();
  });

  test(
    'a body of one byte a second',
    async () => {
      const socket = await open();
      const answer = answerOf(socket);
      socket.write(head('POST /api/auth/login HTTP/1.1', 'content-type: application/json', 'content-length: 1000'));
      const startedMs = performance.now();
      while (!socket.destroyed && performance.now() - startedMs < slowestMs) {
        socket.write('x');
        await delay(1_000);
      }
      socket.destroy();
      expect(await answer).toMatch(/^HTTP\/1\.1 408 .*"error":"request_timeout"/s);
      await expectNormalService();
    },
    2 * slowestMs,
  );

  test(
    'five hundred half-open connections',
    async () => {
      const sockets = await Promise.all(Array.from({ length: halfOpenSockets }, open));
      const answers = sockets.map(answerOf);
      sockets.forEach((socket, index) => {
        if (index % 2 === 0) socket.write('GET /api/identity/list HTTP/1.1\r\nhost: localhost\r\nx-');
      });
      await expectNormalService();
      const closed = await Promise.race([Promise.all(answers), delay(slowestMs, undefined)]);
      for (const socket of sockets) socket.destroy();
      const slow = closed?.filter((_, index) => index % 2 === 0);
      expect(new Set(slow?.map((answer) => answer.split(' ')[1]))).toEqual(new Set(['408']));
      await expectNormalService();
    },
    2 * slowestMs,
  );

  test('what is no HTTP at all', async () => {
    for (const nonsense of [
      '\0\0\0\0\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      '\x16\x03\x01\x02\0\x01',
      'GET / HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    ]) {
      const socket = await open();
      const answer = answerOf(socket);
      socket.end(nonsense);
      expect(await answer, JSON.stringify(nonsense)).toMatch(/^(HTTP\/1\.1 4\d\d .*"requestId"|$)/s);
    }
    await expectNormalService();
  });
});
