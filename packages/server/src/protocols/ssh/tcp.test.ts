import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectToAny, resolve } from './tcp.ts';

const server = createServer();
let port = 0;
const here = { address: '127.0.0.1', family: 4 };
const nobody = { address: '127.0.0.2', family: 4 };

beforeAll(async () => {
  server.listen(0, here.address);
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close();
});

test('goes on to the next address when one refuses', async () => {
  const socket = await connectToAny([nobody, here], port, new AbortController().signal);
  expect(socket.remoteAddress).toBe(here.address);
  socket.destroy();
});

test('takes the first address that answers and closes the others', async () => {
  const socket = await connectToAny([here, here, here], port, new AbortController().signal);
  socket.destroy();
  await expect
    .poll(
      () =>
        new Promise((done) =>
          server.getConnections((_error, count) => {
            done(count);
          }),
        ),
    )
    .toBe(0);
});

test('fails with what the first address said when all refuse', async () => {
  const connecting = connectToAny([nobody, { ...nobody, address: '127.0.0.3' }], port, new AbortController().signal);
  await expect(connecting).rejects.toMatchObject({ code: 'ECONNREFUSED', address: nobody.address });
});

test('stops when it is told to', async () => {
  const reason = new Error('stop');
  await expect(connectToAny([here], port, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('does not look up an address', async () => {
  expect(await resolve('::1')).toEqual([{ address: '::1', family: 6 }]);
});
