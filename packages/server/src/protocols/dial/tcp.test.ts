import { once } from 'node:events';
import type { LookupAddress } from 'node:dns';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EgressCheck, EgressRequest } from '../protocol.ts';
import { connectToAny, lookUp } from './tcp.ts';

const server = createServer();
let port = 0;
const here = { address: '127.0.0.1', family: 4 };
const unused = { address: '127.0.0.2', family: 4 };

const permitAll: EgressCheck = () => Promise.resolve(true);

function connect(
  addresses: readonly LookupAddress[],
  { signal = new AbortController().signal, egress = permitAll }: { signal?: AbortSignal; egress?: EgressCheck } = {},
) {
  return connectToAny({ to: { host: 'a host', port }, addresses, egress, signal });
}

beforeAll(async () => {
  server.listen(0, here.address);
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close();
});

test('goes on to the next address when one refuses', async () => {
  const socket = await connect([unused, here]);
  expect(socket.remoteAddress).toBe(here.address);
  socket.destroy();
});

test('takes the first address that answers and closes the others', async () => {
  const socket = await connect([here, here, here]);
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
  const connecting = connect([unused, { ...unused, address: '127.0.0.3' }]);
  await expect(connecting).rejects.toMatchObject({ code: 'ECONNREFUSED', address: unused.address });
});

test('stops when it is told to', async () => {
  const reason = new Error('stop');
  await expect(connect([here], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('does not look up an address', async () => {
  expect(await lookUp({ host: '::1', port: 22 }, permitAll)).toEqual([{ address: '::1', family: 6 }]);
});

test('asks about the name before it is looked up, then about each address', async () => {
  const asked: EgressRequest[] = [];
  const to = { host: 'localhost', port: 22 };
  const found = await lookUp(to, (request) => {
    asked.push(request);
    return Promise.resolve(true);
  });
  const addresses = found.map(({ address }) => ({ ...to, address, from: 'gateway' }));
  expect(asked.slice(1)).toEqual(expect.arrayContaining(addresses));
  expect(asked[0]).toEqual({ ...to, from: 'gateway' });
});

test('refuses a name that is denied without looking it up', async () => {
  const looking = lookUp({ host: 'no-such-host.invalid', port: 22 }, () => Promise.resolve(false));
  await expect(looking).rejects.toMatchObject({ code: 'destination_denied' });
});

test('refuses a name all of whose addresses are denied, and does not say what they are', async () => {
  const looking = lookUp({ host: 'localhost', port: 22 }, ({ address }) => Promise.resolve(address === undefined));
  await expect(looking).rejects.toMatchObject({
    code: 'destination_denied',
    message: 'The gateway may not connect to localhost port 22.',
  });
});

test('closes a connection whose remote end is denied, whatever address was asked for', async () => {
  // The kernel takes the unspecified address for this machine.
  const connecting = connect([{ address: '0.0.0.0', family: 4 }], {
    egress: ({ address }) => Promise.resolve(address !== '127.0.0.1'),
  });
  await expect(connecting).rejects.toMatchObject({ code: 'destination_denied' });
});

test('goes on to the next address when the remote end of one is denied', async () => {
  const connecting = connect([{ address: '0.0.0.0', family: 4 }, here], { egress: onceDenied() });
  const socket = await connecting;
  expect(socket.remoteAddress).toBe(here.address);
  socket.destroy();
});

function onceDenied(): EgressCheck {
  let asked = 0;
  return () => Promise.resolve(++asked > 1);
}
