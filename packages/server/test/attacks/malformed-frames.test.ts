import { connect } from 'node:net';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-sqlite.ts';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';
import { createRandom, type Random } from './random.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { callJson } from './wire.ts';

const frames = 5_000;
const rawStreams = 150;
const framesPerSocket = 100;
const quietMs = 10_000;
const seed = Number(process.env['TEST_SEED'] ?? '20260103');

let directory: TemporaryDirectory;
let target: HostileServer;
let server: ServerProcess;
let token: string;
let entryId: number;

async function call(method: string, path: string, body?: unknown): Promise<object> {
  const answer = await callJson(server.url, { method, path, token, body });
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body as object;
}

beforeAll(async () => {
  directory = temporaryDirectory();
  // Says what it hears, so that binary frames have somewhere to go.
  target = await startHostile({ accept: () => true, onChannel: (channel) => channel.pipe(channel) });
  server = await startProcess(directory.path, { ...administrator, TERMINAL_RESUME_MINUTES: '0' });
  const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  token = String(Reflect.get(login.body as object, 'token'));
  const config = { ip: target.host, port: target.port };
  entryId = Number(Reflect.get(await call('PUT', '/api/entry', { name: 'a server', config }), 'id'));
  await call('PUT', `/api/entry/${entryId}/host-keys`, { keys: [...target.hostKeys] });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await target[Symbol.asyncDispose]();
  directory[Symbol.dispose]();
});

interface Admission {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly sessionId: number;
}

async function admission(): Promise<Admission> {
  const directIdentity = { username: 'nobody', password: 'nothing' };
  const opened = await call('POST', '/api/connection', { entryId, directIdentity });
  const sessionId = Number(Reflect.get(opened, 'sessionId'));
  return {
    url: `${server.url.replace('http', 'ws')}/api/ws/session/${sessionId}`,
    protocols: ['gatehouse.v1', `ticket.${String(Reflect.get(opened, 'ticket'))}`],
    sessionId,
  };
}

async function openTerminal(): Promise<WebSocket> {
  const { url, protocols } = await admission();
  const socket = new WebSocket(url, [...protocols]);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (data.toString().includes('"ready"')) resolve();
    });
    socket.on('close', () => {
      resolve();
    });
  });
  return socket;
}

function malformedFrame(random: Random): string | Buffer {
  const numbers = [-1, 0, 1.5, 1e308, 2 ** 53, '1', null, [], {}, true];
  const number = () => JSON.stringify(random.pick(numbers));
  switch (random.below(10)) {
    case 0:
      return `{"t":"resize","cols":${number()},"rows":${number()}}`;
    case 1:
      return `{"t":"ack","bytes":${number()}}`;
    case 2:
      return `{"t":"answer","id":${number()},"values":${random.pick(['[]', '[1]', '["a"]', 'null', '[["a"]]'])}}`;
    case 3:
      return random.pick([
        '',
        '{',
        'null',
        '[]',
        '"t"',
        '{"t":"x"}',
        '{"__proto__":{"t":"ack"}}',
        '{"t":"exit","code":0}',
        '{"t":"question"}',
        '\0',
        '😀',
      ]);
    case 4:
      return '['.repeat(random.below(100_000));
    case 5:
      return `{"t":"answer","id":1,"values":["${'a'.repeat(random.below(100_000))}"]}`;
    default:
      return randomBytes(random.below(2_000));
  }
}

test('five thousand malformed frames end at most the socket that they came through', async () => {
  const random = createRandom(seed);
  let sent = 0;
  while (sent < frames && server.isAlive()) {
    const socket = await openTerminal();
    const closed = once(socket, 'close');
    for (let count = 0; count < framesPerSocket && socket.readyState === WebSocket.OPEN; count++) {
      const frame = malformedFrame(random);
      // A wrong control frame ends the socket, so most of those that a socket sees are input.
      if (typeof frame === 'string' && random.below(20) !== 0) socket.send(Buffer.from(frame));
      else socket.send(frame);
      sent++;
      if (count % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    socket.terminate();
    await closed;
  }
  expect(sent).toBeGreaterThanOrEqual(frames);
  expect(server.isAlive(), server.stderr()).toBe(true);
  await call('GET', '/api/connection');
}, 240_000);

test('bytes that are no frames end at most the connection that they came through', async () => {
  const random = createRandom(seed + 1);
  for (let stream = 0; stream < rawStreams && server.isAlive(); stream++) {
    const { url, protocols, sessionId } = await admission();
    const { port, pathname, host } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n` +
        `sec-websocket-key: ${key}\r\nsec-websocket-protocol: ${protocols.join(', ')}\r\n\r\n`,
    );
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    expect(greeting.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.write(rawFrame(random));
    socket.write(randomBytes(random.below(200)));
    socket.end();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, quietMs))]);
    socket.destroy();
    // Room for the next: an account has only so many sessions.
    await callJson(server.url, { method: 'DELETE', path: `/api/connection/${sessionId}`, token });
  }
  expect(server.isAlive(), server.stderr()).toBe(true);
  await call('GET', '/api/connection');
}, 240_000);

/** A frame with something wrong in its head: reserved bits, unknown opcodes, no mask, impossible lengths. */
function rawFrame(random: Random): Buffer {
  const first = random.below(256);
  switch (random.below(5)) {
    case 0:
      return Buffer.from([first, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]);
    case 1:
      return Buffer.from([first, 126, 0xff, 0xff]);
    case 2:
      return Buffer.from([first, 0x80 | random.below(128), 0, 0, 0, 0]);
    case 3:
      return Buffer.concat([
        Buffer.from([0x88, 0x82, 0, 0, 0, 0]),
        Buffer.from([random.below(256), random.below(256)]),
      ]);
    default:
      return randomBytes(64);
  }
}
