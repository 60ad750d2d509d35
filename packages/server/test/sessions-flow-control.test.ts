import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal, rejoinTerminal, requestTerminal, type TestTerminal } from './sessions/terminal-client.ts';
import { startTyping, typed, type TypingReport } from './sessions/typing.ts';
import { settled } from './settled.ts';
import { longestTurnMs } from './ssh-servers/ssh-process.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const answeredWithinMs = 2_000;
/** Processor time; the aim is 50 ms on a machine of its own. */
const longestTurnOnBusyMachineMs = 250;
/** Of a process that holds a window or two; garbage that a busy machine collects late is in it. Without a limit it grows by as much each second. */
const mostGrowth = 96 * MiB;
/** The window of a client and the packet of a server that passes it. */
const mostUnacknowledged = 512 * KiB + 64 * KiB;

let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let anna: Person;
let entryId: number;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
  gatehouse = await startTestGatehouse();
  anna = await gatehouse.person('anna');
  entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

async function open(options: Parameters<typeof openTerminal>[3] = {}): Promise<TestTerminal> {
  const terminal = await openTerminal(gatehouse, anna, { entryId }, options);
  await terminal.frame('ready');
  return terminal;
}

function end({ sessionId }: TestTerminal) {
  return anna.call('DELETE', `/api/connection/${sessionId}`);
}

/** The median time in which another terminal echoes a key, in milliseconds. */
async function echoMs(terminal: TestTerminal): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 21; count += 1) times.push(await echoOnceMs(terminal));
  return times.sort((a, b) => a - b)[10] ?? Infinity;
}

async function echoOnceMs(terminal: TestTerminal): Promise<number> {
  const before = terminal.received();
  const since = performance.now();
  terminal.socket.send(Buffer.from('x'));
  while (terminal.received() === before) await delay(0);
  return performance.now() - since;
}

/** The connection below a client's WebSocket, so that a test can stop to read from it. */
function rawSocket(socket: WebSocket): Socket {
  return (socket as unknown as { _socket: Socket })._socket;
}

describe('endless output', () => {
  test('waits for a client that acknowledges nothing, and others do not notice', async () => {
    const other = await open();
    other.type("stty -icanon; PS1=''; cat >/dev/null\n");
    await delay(300);
    const before = process.memoryUsage.rss();
    const flooded = await open({ acknowledges: false });
    flooded.type('yes\n');
    await expect.poll(() => flooded.received()).toBeGreaterThan(512 * KiB);
    const stopped = await settled(() => flooded.received());
    expect(stopped).toBeLessThanOrEqual(mostUnacknowledged);
    expect(await echoMs(other)).toBeLessThan(answeredWithinMs);
    expect(flooded.received()).toBe(stopped);
    expect(process.memoryUsage.rss() - before).toBeLessThan(mostGrowth);

    flooded.tell({ t: 'ack', bytes: stopped });
    await expect.poll(() => flooded.received()).toBeGreaterThan(stopped + 512 * KiB);
    expect(await settled(() => flooded.received(), { quietMs: 300 })).toBeLessThanOrEqual(stopped + mostUnacknowledged);
    await Promise.all([end(flooded), end(other)]);
  });

  test('flows as fast as a client acknowledges it', async () => {
    const terminal = await open();
    terminal.type('yes\n');
    await expect.poll(() => terminal.received(), { timeout: 60_000 }).toBeGreaterThan(20 * MiB);
    await end(terminal);
  });

  test('does not fill the memory for a client that acknowledges what it never read', async () => {
    const liar = await open({ acknowledges: false });
    liar.type('cat /dev/zero\n');
    await expect.poll(() => liar.received()).toBeGreaterThan(64 * KiB);
    rawSocket(liar.socket).pause();
    for (let count = 0; count < 200; count += 1) {
      liar.tell({ t: 'ack', bytes: 1e12 });
      await delay(5);
    }
    const before = liar.received();
    await end(liar);
    rawSocket(liar.socket).resume();
    await liar.closed();
    // What the kernel takes on both sides, and the window.
    expect(liar.received() - before).toBeLessThan(16 * MiB);
  });

  test('is kept short while no client is joined, and is the newest for the next client', async () => {
    const terminal = await open();
    terminal.type('yes\n');
    await expect.poll(() => terminal.received()).toBeGreaterThan(MiB);
    terminal.socket.terminate();
    const before = process.memoryUsage.rss();
    await delay(1_500);
    expect(process.memoryUsage.rss() - before).toBeLessThan(mostGrowth);
    const again = await rejoinTerminal(gatehouse, anna, terminal.sessionId, { acknowledges: false });
    await again.frame('ready');
    await expect.poll(() => again.received()).toBeGreaterThanOrEqual(256 * KiB);
    again.tell({ t: 'ack', bytes: again.received() });
    again.type('\u0003');
    await end(again);
  });
});

describe('endless input', () => {
  test('waits for a server that does not read', async () => {
    const terminal = await open();
    terminal.type('stty raw -echo; exec sleep 30\n');
    await delay(300);
    const before = process.memoryUsage.rss();
    const paste = Buffer.alloc(512 * KiB, 'x');
    for (let count = 0; count < 128; count += 1) terminal.socket.send(paste);
    // The rest waits in the client, and goes on waiting.
    expect(await settled(() => terminal.socket.bufferedAmount)).toBeGreaterThan(32 * MiB);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * MiB + mostGrowth);
    expect((await end(terminal)).status).toBe(200);
    await expect.poll(() => terminal.socket.readyState, { timeout: 30_000 }).toBe(terminal.socket.CLOSED);
  });

  test('that a program prints again does not wait for acknowledgements behind it', async () => {
    const terminal = await open();
    const size = 16 * MiB;
    terminal.type(`stty raw -echo; echo re''ady; head -c ${size}; sleep 30\n`);
    await terminal.says('ready');
    const before = terminal.received();
    const piece = Buffer.alloc(16 * KiB, 'x');
    for (let sent = 0; sent < size; sent += piece.length) terminal.socket.send(piece);
    await expect.poll(() => terminal.received() - before, { timeout: 90_000 }).toBeGreaterThanOrEqual(size);
    await end(terminal);
  });

  test('in many small frames arrives whole and in order, and others are answered meanwhile', async () => {
    const other = await open();
    other.type("stty -icanon; PS1=''; cat >/dev/null\n");
    await delay(300);
    const count = 20_000;
    const expected = createHash('sha256').update(typed(count)).digest('hex');
    const { sessionId, ticket } = await requestTerminal(anna, { entryId });
    const url = `${gatehouse.url.replace('http', 'ws')}/api/ws/session/${sessionId}`;
    const echoes: number[] = [];
    let typing: TypingReport = { output: '' };
    const turnMs = await longestTurnMs(async () => {
      const command = `head -c ${count} | sha256sum; echo 'it ends'`;
      await using client = await startTyping({ url, ticket, command, count });
      while (!typing.output.includes('it ends') && typing.code === undefined) {
        echoes.push(await echoOnceMs(other));
        typing = client.latest();
      }
    });
    expect(typing.code).toBeUndefined();
    expect(typing.output).toContain(expected);
    expect(Math.max(...echoes)).toBeLessThan(answeredWithinMs);
    expect(turnMs).toBeLessThan(longestTurnOnBusyMachineMs);
    await end(other);
  });

  test('before the shell is there is refused', async () => {
    const unknown = await addEntry(anna, sshd, {
      identities: [await keyIdentity(anna, account.username)],
      pinned: false,
    });
    const terminal = await openTerminal(gatehouse, anna, { entryId: unknown });
    await terminal.question();
    for (let count = 0; count < 70; count += 1) terminal.socket.send(Buffer.alloc(KiB));
    expect(await terminal.closed()).toEqual({ code: 1008, reason: 'too much input before the shell is ready' });
    await end(terminal);
  });

  test('in one frame is refused above 1024 fragments', async () => {
    const terminal = await open();
    for (let count = 0; count < 1025; count += 1) terminal.socket.send(Buffer.from('x'), { fin: false });
    expect(await terminal.closed()).toMatchObject({ code: 1008 });
    await end(terminal);
  });

  test('in one frame is refused above 1 MiB', async () => {
    const terminal = await open();
    terminal.socket.send(Buffer.alloc(MiB + 1));
    expect(await terminal.closed()).toMatchObject({ code: 1009 });
    await end(terminal);
  });
});
