import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createPipelines, maxUnansweredRequests } from './pipeline.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const patience = { timeout: 20_000 };

async function start(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const pipelines = createPipelines();
  const handled: string[] = [];
  const server = createServer(
    pipelines.inTurn((request, response) => {
      handled.push(request.url ?? '');
      handle(request, response);
    }),
  );
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  servers.push(server);
  const open = async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  return { open, handled, accepted, isAnswering: pipelines.isAnswering };
}

/** Resolves at the end of a connection, even by a reset, which a client that still writes gets. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
}

const requests = (count: number, head = '') =>
  Array.from({ length: count }, (_, index) => `GET /${index} HTTP/1.1\r\nhost: a\r\n${head}\r\n`).join('');

test('answers pipelined requests in their order, one at a time', async () => {
  let atOnce = 0;
  let most = 0;
  const { open, handled } = await start((request, response) => {
    most = Math.max(most, ++atOnce);
    setTimeout(() => {
      atOnce--;
      response.end(`answer ${request.url ?? ''};`);
    }, 1);
  });
  const socket = await open();
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));

  socket.write(requests(maxUnansweredRequests));

  const all = Array.from({ length: maxUnansweredRequests }, (_, index) => `/${index}`);
  await vi.waitFor(() => {
    expect([...text.matchAll(/answer ([^;]+);/g)].map(([, url]) => url)).toEqual(all);
  }, patience);
  expect(handled).toEqual(all);
  expect(most).toBe(1);
});

test('closes a connection with more unanswered requests, and handles none of them any more', async () => {
  const { open, handled } = await start(() => undefined);
  const socket = await open();

  socket.write(requests(maxUnansweredRequests + 1));

  await closed(socket);
  expect(handled).toEqual(['/0']);
});

test('closes a connection whose waiting requests are too large', async () => {
  const { open, handled } = await start(() => undefined);
  const socket = await open();

  socket.write(requests(40, `x: ${'y'.repeat(8_000)}\r\n`));

  await closed(socket);
  expect(handled).toEqual(['/0']);
});

test('makes no second answer for a client that does not read the first', async () => {
  const answer = Buffer.alloc(16 * 1024 * 1024);
  const { open, handled, accepted, isAnswering } = await start((_request, response) => response.end(answer));
  const socket = await open();
  socket.pause();

  socket.write(requests(30));

  await vi.waitFor(() => {
    expect(accepted[0]?.writableLength).toBeGreaterThan(0);
  }, patience);
  await delay(50);
  expect(handled).toEqual(['/0']);
  expect(accepted[0]?.writableLength).toBeLessThanOrEqual(answer.length + 1_000);
  expect(accepted.map(isAnswering)).toEqual([true]);
  socket.destroy();
});

test('takes any number of requests that are sent one after the other', async () => {
  const { open, handled, accepted, isAnswering } = await start((_request, response) => response.end('x'));
  const socket = await open();

  for (let round = 0; round < 3 * maxUnansweredRequests; round++) {
    socket.write(requests(1));
    await once(socket, 'data');
  }

  expect(handled).toHaveLength(3 * maxUnansweredRequests);
  expect(accepted.map(isAnswering)).toEqual([false]);
});
