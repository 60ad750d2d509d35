import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConnectionLimit, keepForCaller } from './connections.ts';
import { createPipelines } from './pipeline.ts';

const patience = { timeout: 20_000 };
const limits = { max: 6, reserved: 2 };
/** Loopback has many addresses (RFC 1122 section 3.2.1.3). */
const one = '127.0.0.1';
const other = '127.0.0.2';

let server: ReturnType<typeof createServer>;
let pending: ServerResponse[];
let open: Map<string, Socket>;

beforeEach(async () => {
  const pipelines = createPipelines();
  pending = [];
  open = new Map();
  server = createServer(
    pipelines.inTurn((request, response) => {
      if (request.url === '/signed-in') keepForCaller(request.socket);
      if (request.url === '/slow') pending.push(response);
      else response.end('x');
    }),
  );
  createConnectionLimit({ limits: () => limits, isAnswering: pipelines.isAnswering })(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Opens a connection; with a path, asks for it and, unless it is slow, waits for the answer. */
async function client(name: string, { path, from = one }: { path?: string; from?: string } = {}) {
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    localAddress: from,
  });
  open.set(name, socket);
  socket.on('error', () => undefined);
  socket.once('close', () => open.delete(name));
  socket.resume();
  await once(socket, 'connect');
  const before = pending.length;
  if (path !== undefined) socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
  if (path === '/slow')
    await vi.waitFor(() => {
      expect(pending.length).toBe(before + 1);
    }, patience);
  else if (path !== undefined) await once(socket, 'data');
}

async function expectOpen(...names: readonly string[]) {
  await vi.waitFor(() => {
    expect([...open.keys()]).toEqual(names);
  }, patience);
}

test('closes the oldest anonymous connection for a new one, and leaves the reserve to callers', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await client(name);

  await expectOpen('b', 'c', 'd', 'e');
  await client('f', { path: '/signed-in' });
  await expectOpen('c', 'd', 'e', 'f');
  await client('g');
  await client('h', { path: '/signed-in' });
  await expectOpen('d', 'e', 'f', 'g', 'h');
});

test('closes an idle one before one that waits for its answer', async () => {
  await client('busy', { path: '/slow' });
  for (const name of ['b', 'c', 'd', 'e']) await client(name, { path: '/quick' });

  await expectOpen('busy', 'c', 'd', 'e');
});

test('closes those of the address that has the most', async () => {
  await client('lone', { from: other });
  for (const name of ['b', 'c', 'd', 'e', 'f']) await client(name);

  await expectOpen('lone', 'd', 'e', 'f');
});

test('keeps callers, whatever comes without sign-in', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await client(name, { path: '/signed-in' });
  for (const name of ['e', 'f', 'g', 'h']) await client(name);

  await expectOpen('a', 'b', 'c', 'd', 'g', 'h');
});

test('closes an idle caller for a new connection, but none that waits for its answer', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) await client(name, { path: '/signed-in' });
  for (const name of ['b', 'c', 'd', 'e', 'f']) open.get(name)?.write('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
  await vi.waitFor(() => {
    expect(pending).toHaveLength(5);
  }, patience);

  await client('g', { path: '/signed-in' });
  await expectOpen('b', 'c', 'd', 'e', 'f', 'g');
  open.get('g')?.write('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
  await vi.waitFor(() => {
    expect(pending).toHaveLength(6);
  }, patience);
  await client('h');
  await expectOpen('b', 'c', 'd', 'e', 'f', 'g');
}, 60_000);
