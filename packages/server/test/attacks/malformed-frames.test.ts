import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-sqlite.ts';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';
import { authorizedKeys, privateKey } from '../sessions/servers.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount, type TestServer } from '../ssh-servers/sshd.ts';
import { connectState } from '../state-listener.ts';
import { fuzz, randomOfCase, replayOf } from './fuzz-settings.ts';
import type { Random } from './random.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { observed, watchVitalSigns } from './vital-signs.ts';
import { callJson } from './wire.ts';

const framesPerSocket = 100;
/** One case is a socket with so many frames, or one stream of bytes. */
const sockets = Math.ceil(fuzz.frames / framesPerSocket);
const rawStreams = Math.ceil(fuzz.frames / 40);
const quietMs = 10_000;
/** For each socket, on a machine that does much else. */
const patienceMs = 12_000;
/** Takes every input and says it again; what is typed is no command. */
const onlyEchoes = 'command="cat",restrict,pty';

let directory: TemporaryDirectory;
let target: HostileServer;
let server: ServerProcess;
let token: string;
let account: TestAccount;
let sshd: Sshd;
let signs: TemporaryDirectory;
/** A server of this process and a real one. */
let openings: readonly object[];

async function call(method: string, path: string, body?: unknown): Promise<object> {
  const answer = await callJson(server.url, { method, path, token, body });
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body as object;
}

beforeAll(async () => {
  directory = temporaryDirectory();
  // Says what it hears, so that binary frames have somewhere to go.
  target = await startHostile({ accept: () => true, onChannel: (channel) => channel.pipe(channel) });
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys: authorizedKeys.map((line) => `${onlyEchoes} ${line}`) });
  signs = temporaryDirectory();
  const environment = { ...administrator, ...observed(signs.path), TERMINAL_RESUME_MINUTES: '0' };
  server = await startProcess(directory.path, environment);
  const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  token = String(Reflect.get(login.body as object, 'token'));
  const sshKey = privateKey('ed25519-openssh.key');
  openings = [
    { entryId: await addServer(target), directIdentity: { username: 'anna', password: 'a password' } },
    { entryId: await addServer(sshd), directIdentity: { username: account.username, sshKey } },
  ];
});

async function addServer({ host: ip, port, hostKeys }: TestServer): Promise<number> {
  const added = await call('PUT', '/api/entry', { name: 'a server', config: { ip, port } });
  const id = Number(Reflect.get(added, 'id'));
  await call('PUT', `/api/entry/${id}/host-keys`, { keys: [...hostKeys] });
  return id;
}

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await target[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
  directory[Symbol.dispose]();
  signs[Symbol.dispose]();
});

interface Admission {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly sessionId: number;
}

async function admission(opening: object): Promise<Admission> {
  const opened = await call('POST', '/api/connection', opening);
  const sessionId = Number(Reflect.get(opened, 'sessionId'));
  return {
    url: `${server.url.replace('http', 'ws')}/api/ws/session/${sessionId}`,
    protocols: ['gatehouse.v1', `ticket.${String(Reflect.get(opened, 'ticket'))}`],
    sessionId,
  };
}

async function openTerminal(opening: object): Promise<WebSocket> {
  const { url, protocols } = await admission(opening);
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

function bytesOf(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
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
      return bytesOf(random, random.below(2_000));
  }
}

/** Sends frames until there were enough or the socket was closed. */
async function sendMalformed(socket: WebSocket, random: Random): Promise<void> {
  const closed = once(socket, 'close');
  for (let count = 0; count < framesPerSocket && socket.readyState === WebSocket.OPEN; count++) {
    const frame = malformedFrame(random);
    // A wrong control frame ends the socket, so most of those that a socket sees are input.
    if (typeof frame === 'string' && random.below(20) !== 0) socket.send(Buffer.from(frame));
    else socket.send(frame);
    if (count % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.terminate();
  await closed;
}

const inTime = { timeout: 120_000 + sockets * patienceMs };

test('malformed frames end at most the terminal that they came through', inTime, async () => {
  const vitalSigns = await watchVitalSigns(server, signs.path);
  for (const number of fuzz.cases(sockets)) {
    const random = randomOfCase(fuzz.seed, number);
    await sendMalformed(await openTerminal(random.pick(openings)), random);
    expect(server.isAlive(), `${replayOf(fuzz.seed, number)}: ${server.stderr()}`).toBe(true);
  }
  expect(await vitalSigns.faults(), `seed ${fuzz.seed}`).toEqual([]);
  await call('GET', '/api/connection');
});

test('malformed frames end at most the socket for changes that they came through', inTime, async () => {
  const vitalSigns = await watchVitalSigns(server, signs.path);
  for (const number of fuzz.cases(sockets)) {
    const socket = connectState(server, { authorization: `Bearer ${token}` });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    await sendMalformed(socket, randomOfCase(fuzz.seed + 1, number));
    expect(server.isAlive(), `${replayOf(fuzz.seed, number)}: ${server.stderr()}`).toBe(true);
  }
  expect(await vitalSigns.faults(), `seed ${fuzz.seed}`).toEqual([]);
  await call('GET', '/api/connection');
});

test('bytes that are no frames end at most the connection that they came through', inTime, async () => {
  for (const number of fuzz.cases(rawStreams)) {
    const random = randomOfCase(fuzz.seed + 2, number);
    const { url, protocols, sessionId } = await admission(random.pick(openings));
    const { port, pathname, host } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const key = bytesOf(random, 16).toString('base64');
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n` +
        `sec-websocket-key: ${key}\r\nsec-websocket-protocol: ${protocols.join(', ')}\r\n\r\n`,
    );
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    expect(greeting.toString('latin1')).toMatch(/^HTTP\/1\.1 101 /);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.write(rawFrame(random));
    socket.write(bytesOf(random, random.below(200)));
    socket.end();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, quietMs))]);
    socket.destroy();
    // Room for the next: an account has only so many sessions.
    await callJson(server.url, { method: 'DELETE', path: `/api/connection/${sessionId}`, token });
    expect(server.isAlive(), `${replayOf(fuzz.seed, number)}: ${server.stderr()}`).toBe(true);
  }
  await call('GET', '/api/connection');
});

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
      return bytesOf(random, 64);
  }
}
