import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { createUnsentAnswers } from './unsent-answers.ts';

const mebibyte = 1024 * 1024;
const patience = { timeout: 20_000 };

/** A server whose answers are not read; `/name` is for the holder of that name. */
async function start(maxBytes: number, answerBytes: number) {
  const answers = createUnsentAnswers(maxBytes);
  const server = createServer((request, response) => {
    answers.add(response, answerBytes, () => request.url ?? '');
    response.end(Buffer.alloc(answerBytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const state = { open: [] as string[] };
  return {
    state,
    async ask(holder: string) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET ${holder} HTTP/1.1\r\nhost: a\r\n\r\n`);
      state.open.push(holder);
      // Reads only what is available, so that the end is noticed.
      await once(socket, 'readable');
      socket.read(1);
      socket.once('close', () => state.open.splice(state.open.indexOf(holder), 1));
      const probe = setInterval(() => socket.write('\r\n'), 20);
      socket.once('close', () => {
        clearInterval(probe);
      });
      return socket;
    },
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('cuts off the client that holds the most', async () => {
  using server = await start(40 * mebibyte, 16 * mebibyte);

  await server.ask('/honest');
  await server.ask('/greedy');
  await server.ask('/greedy');

  await vi.waitFor(() => {
    expect(server.state.open).toEqual(['/honest', '/greedy']);
  }, patience);
});

test('lets the only one be of any size', async () => {
  using server = await start(mebibyte, 16 * mebibyte);

  await server.ask('/only');
  await server.ask('/next');

  await vi.waitFor(() => {
    expect(server.state.open).toEqual(['/next']);
  }, patience);
});

test('counts what was sent no longer', async () => {
  using server = await start(40 * mebibyte, 16 * mebibyte);
  const first = await server.ask('/a');
  first.resume();
  let received = 0;
  first.on('data', (chunk: Buffer) => (received += chunk.length));
  await vi.waitFor(() => {
    expect(received).toBeGreaterThanOrEqual(16 * mebibyte);
  }, patience);

  await server.ask('/b');
  await server.ask('/c');

  await vi.waitFor(() => {
    expect(server.state.open).toEqual(['/a', '/b', '/c']);
  }, patience);
});
