import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { say } from '@gatehouse/contract/messages/message';
import { framesAtOnce } from '../../../../kernel/ws/frame-allowance.ts';
import { heartbeatMs, maxControlFrames } from '../../../../kernel/ws/heartbeat.ts';
import type { Sink, SinkListener } from '../../stream/sink.ts';
import { overWebSocket } from './websocket-sink.ts';

/** Both ends of a real WebSocket, and the events of the sink. */
interface Pair extends AsyncDisposable {
  readonly sink: Sink;
  readonly client: WebSocket;
  /** Of the server. */
  readonly socket: WebSocket;
  readonly heard: readonly string[];
}

async function connectPair(options: { autoPong?: boolean } = {}): Promise<Pair> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`, options);
  client.on('error', () => undefined);
  const [[socket]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [[WebSocket], unknown];
  const heard: string[] = [];
  const listener: SinkListener = {
    onBytes: (bytes) => heard.push(`bytes ${bytes.toString()}`),
    onControl: (message) => heard.push(`control ${JSON.stringify(message)}`),
    onLost: () => heard.push('lost'),
  };
  return {
    sink: overWebSocket(socket)(listener),
    client,
    socket,
    heard,
    async [Symbol.asyncDispose]() {
      client.terminate();
      for (const open of server.clients) open.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets real input and output happen between two beats. */
async function passBeat(): Promise<void> {
  vi.advanceTimersByTime(heartbeatMs);
  await new Promise((resolve) => setTimeout(resolve, 30));
}

describe('the heartbeat of a socket', () => {
  test('closes a socket that sends more pings than a client needs, and answers no more of them', async () => {
    await using pair = await connectPair();
    let pongs = 0;
    pair.client.on('pong', () => (pongs += 1));
    const closed = once(pair.client, 'close') as Promise<[number, Buffer]>;
    for (let sent = 0; sent < 2 * maxControlFrames; sent += 1) pair.client.ping();
    const [code, reason] = await closed;
    expect([code, reason.toString()]).toEqual([1008, 'too many pings']);
    expect(pongs).toBe(maxControlFrames);
    while (pair.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(pair.heard).toEqual(['lost']);
  });

  test('counts pings from beat to beat', { retry: 2 }, async () => {
    await using pair = await connectPair();
    for (let beats = 0; beats < 3; beats += 1) {
      for (let sent = 0; sent < maxControlFrames / 2; sent += 1) pair.client.ping();
      await passBeat();
    }
    expect(pair.client.readyState).toBe(WebSocket.OPEN);
  });

  test('keeps a socket whose other end answers', { retry: 2 }, async () => {
    await using pair = await connectPair();
    for (let beats = 0; beats < 4; beats += 1) await passBeat();
    expect(pair.heard).toEqual([]);
    expect(pair.client.readyState).toBe(WebSocket.OPEN);
  });

  test('cuts one whose other end says nothing for two beats', async () => {
    await using pair = await connectPair({ autoPong: false });
    await passBeat();
    expect(pair.heard).toEqual([]);
    await passBeat();
    expect(pair.heard).toEqual(['lost']);
  });

  test('spares one that we do not read ourselves', async () => {
    await using pair = await connectPair({ autoPong: false });
    pair.sink.pause();
    for (let beats = 0; beats < 4; beats += 1) await passBeat();
    expect(pair.heard).toEqual([]);
  });

  test('ends with the sink', async () => {
    await using pair = await connectPair();
    expect(vi.getTimerCount()).toBe(1);
    pair.sink.close('exited', say('ended_by_shell'));
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a WebSocket', () => {
  test('answers pings', async () => {
    await using pair = await connectPair();
    const answered = once(pair.client, 'pong');
    pair.client.ping('are you there');
    expect(String((await answered)[0])).toBe('are you there');
  });

  test('tells control messages from bytes, and leaves them to be checked', async () => {
    await using pair = await connectPair();
    pair.client.send(Buffer.from('ls'));
    pair.client.send(JSON.stringify({ t: 'ack', bytes: 7 }));
    pair.client.send('not JSON');
    await expect.poll(() => pair.heard).toEqual(['bytes ls', 'control {"t":"ack","bytes":7}', 'control undefined']);
  });

  test('reads a client that sends too many frames more slowly, and loses none', async () => {
    // The clock is stopped, so that the speed of this machine does not matter.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    await using pair = await connectPair();
    const count = framesAtOnce + 2_000;
    const sent = Array.from({ length: count }, (_, index) => `bytes ${index}`);
    for (let index = 0; index < count; index += 1) pair.client.send(Buffer.from(String(index)));
    await expect.poll(() => pair.socket.isPaused, { timeout: 30_000 }).toBe(true);
    pair.sink.resume();
    expect(pair.socket.isPaused).toBe(true);
    vi.advanceTimersByTime(heartbeatMs / 2);
    await expect.poll(() => pair.socket.isPaused, { timeout: 30_000 }).toBe(false);
    await expect.poll(() => pair.heard.length, { timeout: 30_000 }).toBe(count);
    expect(pair.heard).toEqual(sent);
  }, 90_000);

  test('hears nothing any more once it is closed from here, not even the loss', async () => {
    await using pair = await connectPair();
    pair.sink.close('takenOver', say('closed_by_other_client'));
    pair.client.send('late');
    const [code, reason] = (await once(pair.client, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([4001, 'another client joined the session']);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(pair.heard).toEqual([]);
  });

  test('is lost once, when it is rejected', async () => {
    await using pair = await connectPair();
    const closed = once(pair.client, 'close') as Promise<[number]>;
    pair.sink.reject(say('closed_for_unknown_frame'));
    pair.sink.reject(say('closed_for_unknown_frame'));
    pair.client.send('late');
    expect((await closed)[0]).toBe(1008);
    expect(pair.heard).toEqual(['lost']);
  });

  test('makes one frame of what comes at once, and keeps the order', async () => {
    await using pair = await connectPair();
    const got: string[] = [];
    pair.client.on('message', (data: Buffer) => got.push(data.toString()));
    pair.sink.send(Buffer.from('a'));
    pair.sink.send(Buffer.from('b'));
    expect(pair.sink.queuedBytes()).toBe(2);
    await Promise.resolve();
    pair.sink.send(Buffer.from('c'));
    pair.sink.tell({ t: 'exit', code: 0, signal: null });
    pair.sink.send(Buffer.from('d'));
    pair.sink.close('exited', say('ended_by_shell'));
    await once(pair.client, 'close');
    expect(got).toEqual(['ab', 'c', JSON.stringify({ t: 'exit', code: 0, signal: null }), 'd']);
  });

  test('puts the stream before output of a command, and keeps the order', async () => {
    await using pair = await connectPair();
    const got: string[] = [];
    pair.client.on('message', (data: Buffer) => got.push(data.toString('latin1')));
    pair.sink.send(Buffer.from('a'), 'stdout');
    pair.sink.send(Buffer.from('b'), 'stdout');
    pair.sink.send(Buffer.from('c'), 'stderr');
    pair.sink.send(Buffer.from('d'), 'stdout');
    pair.sink.close('exited', say('ended_by_shell'));
    await once(pair.client, 'close');
    expect(got).toEqual(['\u0001ab', '\u0002c', '\u0001d']);
  });

  test('fills a frame no further than an acknowledgement should wait', async () => {
    await using pair = await connectPair();
    const got: number[] = [];
    pair.client.on('message', (data: Buffer) => got.push(data.length));
    for (let count = 0; count < 9; count++) pair.sink.send(Buffer.alloc(16 * 1024));
    pair.sink.close('exited', say('ended_by_shell'));
    await once(pair.client, 'close');
    expect(got).toEqual([64 * 1024, 64 * 1024, 16 * 1024]);
  });

  test('says how much waits for a client that does not read', async () => {
    await using pair = await connectPair();
    (pair.client as unknown as { _socket: Socket })._socket.pause();
    for (let count = 0; count < 64; count += 1) pair.sink.send(Buffer.alloc(512 * 1024));
    expect(pair.sink.queuedBytes()).toBeGreaterThan(8 * 1024 * 1024);
  });
});
