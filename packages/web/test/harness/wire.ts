import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { TestGatehouse } from '../../../server/test/harness/gatehouse.ts';

/** A wire to a server that can be cut, silenced and mended, as a network does it. */
export interface Wire extends AsyncDisposable {
  readonly url: string;
  /** Keeps all bytes, in both directions, until it is mended; no connection ends, as when packets are lost and sent again. */
  hold(): void;
  /** Swallows all bytes of the connections that exist, for ever, and those of new ones until it is mended; none ends. */
  swallow(): void;
  /** Ends every connection and takes no new ones. */
  cut(): void;
  mend(): void;
}

/** Lays a wire from a free port of loopback to the server. */
export async function layWire(server: string | Pick<TestGatehouse, 'url'>): Promise<Wire> {
  // After a restart, the server has another port.
  const port = () => Number(new URL(typeof server === 'string' ? server : server.url).port);
  const sockets = new Set<Socket>();
  let whole = true;
  let holds = false;
  let swallows = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A cut connection ends with an error on one side or the other.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const links = new Set<{ isDead: boolean }>();
  const carry = (from: Socket, to: Socket, link: { isDead: boolean }) => {
    if (holds) from.pause();
    from.on('data', (bytes: Buffer) => {
      if (!link.isDead) to.write(bytes);
    });
  };
  const end = createServer((near) => {
    keep(near);
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(port(), '127.0.0.1');
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    // Of the connection, so that what was swallowed once stays so.
    const link = { isDead: swallows };
    links.add(link);
    near.on('close', () => links.delete(link));
    carry(near, far, link);
    carry(far, near, link);
  }).listen(0, '127.0.0.1');
  await once(end, 'listening');
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(end.address() as AddressInfo).port}`,
    cut,
    hold() {
      holds = true;
      for (const socket of sockets) socket.pause();
    },
    swallow() {
      swallows = true;
      for (const link of links) link.isDead = true;
    },
    mend() {
      whole = true;
      swallows = false;
      holds = false;
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      cut();
      end.close();
      await once(end, 'close');
    },
  };
}
