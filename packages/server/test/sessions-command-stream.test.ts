import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { streamBytes, commandServerFrame, type CommandServerFrame } from '@gatehouse/contract/command-frames';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, auditOf, authorizedKeys, keyIdentity, runningSleeps } from './sessions/servers.ts';
import { connectSocket, upgradeStatus, type Ticket } from './sessions/terminal-client.ts';
import { settled } from './settled.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const patience = { timeout: 60_000 };
/** The window, and a packet of a server that passes it. */
const mostUnacknowledged = 512 * KiB + 64 * KiB;

let account: TestAccount;
let sshd: Sshd;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
});

afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

/** A command as its client sees it. */
interface TestCommand {
  readonly sessionId: number;
  readonly socket: WebSocket;
  readonly frames: readonly CommandServerFrame[];
  output(stream: keyof typeof streamBytes): Buffer;
  received(): number;
  /** Bytes that the server has not accepted. */
  ahead(): number;
  tell(frame: object): void;
  /** Sends input within the window. */
  send(bytes: Buffer): Promise<void>;
  closed(): Promise<{ readonly code: number; readonly last: CommandServerFrame | undefined }>;
}

async function prepare(person: Person, entryId: number, command: string, more: object = {}): Promise<Ticket> {
  const answer = await person.call('POST', `/api/connection/${entryId}/exec/stream`, { command, ...more });
  expect(answer.status).toBe(201);
  return { sessionId: Number(answer.at('sessionId')), ticket: String(answer.at('ticket')) };
}

async function join(gatehouse: TestGatehouse, ticket: Ticket, acknowledges = true): Promise<TestCommand> {
  const socket = connectSocket(gatehouse, ticket, {}, 'command');
  const frames: CommandServerFrame[] = [];
  const output: Readonly<Record<number, Buffer[]>> = { [streamBytes.stdout]: [], [streamBytes.stderr]: [] };
  let received = 0;
  let ahead = 0;
  const closing = once(socket, 'close') as Promise<[number]>;
  const tell = (frame: object) => {
    socket.send(JSON.stringify(frame));
  };
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) {
      const frame = commandServerFrame.parse(JSON.parse(data.toString()));
      if (frame.t === 'ack') ahead -= frame.bytes;
      else frames.push(frame);
      return;
    }
    const bytes = data.subarray(1);
    output[data[0] ?? 0]?.push(bytes);
    received += bytes.length;
    if (acknowledges) tell({ t: 'ack', bytes: bytes.length });
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  return {
    sessionId: ticket.sessionId,
    socket,
    frames,
    output: (stream) => Buffer.concat(output[streamBytes[stream]] ?? []),
    received: () => received,
    ahead: () => ahead,
    tell,
    async send(bytes) {
      for (let at = 0; at < bytes.length; at += 64 * KiB) {
        await expect.poll(() => ahead, patience).toBeLessThanOrEqual(448 * KiB);
        const piece = bytes.subarray(at, at + 64 * KiB);
        ahead += piece.length;
        socket.send(piece);
      }
    },
    async closed() {
      const [code] = await closing;
      return { code, last: frames.at(-1) };
    },
  };
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Every byte, in no order that a text would have. */
function anyBytes(count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, at) => (at * 7919) >>> (at % 13)));
}

describe.each(engines)('a command over a WebSocket on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let anna: Person;
  let entryId: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
    anna = await gatehouse.person('anna');
    entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  test('carries input, both outputs and the exit status, and is recorded', async () => {
    const command = await join(
      gatehouse,
      await prepare(anna, entryId, 'cat; echo no >&2; exit 7', { reason: 'a look' }),
    );
    command.socket.send(Buffer.from([0, 255, 10]));
    command.tell({ t: 'end' });
    expect(await command.closed()).toEqual({ code: 1000, last: { t: 'exit', code: 7, signal: null } });
    expect(command.output('stdout')).toEqual(Buffer.from([0, 255, 10]));
    expect(command.output('stderr').toString()).toBe('no\n');
    expect(command.frames.map((frame) => frame.t)).toEqual([...Array<string>(7).fill('step'), 'ready', 'exit']);

    const session = () => anna.call('GET', `/api/connection/${command.sessionId}`);
    await expect
      .poll(async () => (await session()).body, patience)
      .toMatchObject({
        type: 'exec',
        status: 'ended',
        reason: 'a look',
        exitCode: 7,
      });
    const intent = (await auditOf(anna, 'session.open')).findLast(({ outcome }) => outcome === 'started');
    expect(intent?.details).toMatchObject({ purpose: 'exec', command: 'cat; echo no >&2; exit 7', reason: 'a look' });
  });
});

describe('a command over a WebSocket', () => {
  let gatehouse: TestGatehouse;
  let anna: Person;
  let entryId: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse();
    anna = await gatehouse.person('anna');
    entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  const start = async (command: string, acknowledges = true) =>
    join(gatehouse, await prepare(anna, entryId, command), acknowledges);
  const end = ({ sessionId }: TestCommand) => anna.call('DELETE', `/api/connection/${sessionId}`);

  test('carries much more than the window in both directions at once', async () => {
    const command = await start('cat');
    const input = anyBytes(2 * MiB);
    await command.send(input);
    command.tell({ t: 'end' });
    expect(await command.closed()).toMatchObject({ code: 1000, last: { code: 0 } });
    expect(digest(command.output('stdout'))).toBe(digest(input));
  });

  test('waits for a client that does not acknowledge, also after its exit, and loses nothing', async () => {
    const command = await start(`head -c ${4 * MiB} /dev/zero; head -c ${MiB} /dev/zero >&2`, false);
    await expect.poll(() => command.received(), patience).toBeGreaterThan(512 * KiB);
    const stopped = await settled(() => command.received(), { quietMs: 3_000 });
    expect(stopped).toBeLessThanOrEqual(mostUnacknowledged);
    for (let told = 0; told < 5 * MiB;) {
      await expect.poll(() => command.received(), patience).toBeGreaterThan(told);
      const bytes = command.received() - told;
      command.tell({ t: 'ack', bytes });
      told += bytes;
    }
    expect(await command.closed()).toMatchObject({ code: 1000, last: { t: 'exit', code: 0 } });
    expect([command.output('stdout').length, command.output('stderr').length]).toEqual([4 * MiB, MiB]);
  });

  test('accepts no more input than the server reads, and reads all of it later', async () => {
    const command = await start('read -r line < <(sleep 2; echo go); wc -c');
    const input = Buffer.alloc(16 * MiB);
    // A client that heeds no window is only slowed down.
    for (let at = 0; at < input.length; at += 256 * KiB) command.socket.send(input.subarray(at, at + 256 * KiB));
    command.tell({ t: 'end' });
    expect(await command.closed()).toMatchObject({ code: 1000, last: { code: 0 } });
    expect(command.output('stdout').toString().trim()).toBe(String(16 * MiB));
  });

  test('that does not read its input ends as it would in a pipe', async () => {
    const command = await start('exec <&-; echo done');
    for (let sent = 0; sent < 8; sent += 1) command.socket.send(Buffer.alloc(64 * KiB));
    expect(await command.closed()).toMatchObject({ code: 1000, last: { t: 'exit', code: 0 } });
    expect(command.output('stdout').toString()).toBe('done\n');
  });

  test('gets signals, and says by which it died', async () => {
    const command = await start('trap "echo caught" USR1; echo ready; while :; do sleep 0.1; done');
    await expect.poll(() => command.output('stdout').toString(), patience).toContain('ready');
    command.tell({ t: 'signal', name: 'USR1' });
    await expect.poll(() => command.output('stdout').toString(), patience).toContain('caught');
    command.tell({ t: 'signal', name: 'KILL' });
    expect(await command.closed()).toMatchObject({ code: 1000, last: { t: 'exit', code: null, signal: 'KILL' } });
  });

  test('ends when its client disconnects, and cannot be joined again', async () => {
    const command = await start('echo ready; exec sleep 300');
    await expect.poll(() => command.output('stdout').toString(), patience).toBe('ready\n');
    const again = await anna.call('POST', `/api/connection/${command.sessionId}/ticket`);
    expect(again).toMatchObject({ status: 409, body: { messageCode: 'session_not_joinable' } });
    command.socket.terminate();
    await expect.poll(() => runningSleeps(account.username), patience).toBe(0);
    const session = () => anna.call('GET', `/api/connection/${command.sessionId}`);
    await expect.poll(async () => (await session()).at('status'), patience).toBe('ended');
    expect((await auditOf(anna, 'session.end')).at(-1)).toMatchObject({ details: { why: 'its client disconnected' } });
  });

  test('ends with its session, which its owner may end', async () => {
    const command = await start('exec sleep 300');
    await expect.poll(() => command.frames.at(-1)?.t, patience).toBe('ready');
    expect((await end(command)).status).toBe(200);
    expect(await command.closed()).toMatchObject({ code: 4002, last: { t: 'error', error: 'session_ended' } });
    await expect.poll(() => runningSleeps(account.username), patience).toBe(0);
  });

  test('ends with the access on which it is based', async () => {
    const person = await gatehouse.person('bert');
    const identityId = await keyIdentity(person, account.username);
    const own = await addEntry(person, sshd, { identities: [identityId] });
    const command = await join(gatehouse, await prepare(person, own, 'exec sleep 300'));
    await expect.poll(() => command.frames.at(-1)?.t, patience).toBe('ready');
    await person.call('DELETE', `/api/identity/${identityId}`);
    expect(await command.closed()).toMatchObject({ code: 4002, last: { messageCode: 'session_ended' } });
    await expect.poll(() => runningSleeps(account.username), patience).toBe(0);
  });

  test('that cannot log in says why, and asks no questions', async () => {
    const unknown = await addEntry(anna, sshd, {
      identities: [await keyIdentity(anna, account.username)],
      pinned: false,
    });
    const command = await join(gatehouse, await prepare(anna, unknown, 'true'));
    expect(await command.closed()).toMatchObject({ code: 4000, last: { t: 'error', error: 'host_key_unknown' } });
  });

  test('whose connection is lost says so instead of an exit status', async () => {
    await using server = await startHostile({
      accept: () => true,
      onChannel: (channel) => {
        channel.write('begun', () => {
          channel.close();
        });
      },
    });
    const lost = await addEntry(anna, server, { identities: [await keyIdentity(anna, 'root')] });
    const command = await join(gatehouse, await prepare(anna, lost, 'true'));
    expect(await command.closed()).toMatchObject({ code: 4000, last: { t: 'error', error: 'connection_lost' } });
    expect(command.output('stdout').toString()).toBe('begun');
  });

  test.each([
    [
      'a frame of a terminal',
      (command: TestCommand) => {
        command.tell({ t: 'resize', cols: 80, rows: 24 });
      },
    ],
    [
      'another signal',
      (command: TestCommand) => {
        command.tell({ t: 'signal', name: 'STOP' });
      },
    ],
    [
      'input after its end',
      (command: TestCommand) => {
        command.tell({ t: 'end' });
        command.socket.send(Buffer.from('x'));
      },
    ],
  ])('refuses %s', async (_, offend) => {
    const command = await start('sleep 300');
    offend(command);
    expect(await command.closed()).toMatchObject({ code: 1008 });
    await expect.poll(() => runningSleeps(account.username), patience).toBe(0);
  });

  test('is joined by one client only, also with a second ticket', async () => {
    const first = await prepare(anna, entryId, 'cat');
    const second = await anna.call('POST', `/api/connection/${first.sessionId}/ticket`);
    const command = await join(gatehouse, first);
    const ticket = { sessionId: first.sessionId, ticket: String(second.at('ticket')) };
    expect(await upgradeStatus(connectSocket(gatehouse, ticket))).toBe(401);
    command.tell({ t: 'end' });
    expect(await command.closed()).toMatchObject({ code: 1000 });
  });
});
