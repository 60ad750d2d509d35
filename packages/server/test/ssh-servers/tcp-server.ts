import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP server of a test, whose connections it can cut. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** Destroys every connection. */
  cut(): void;
}

/** Starts a forwarder to a loopback port. `hold` keeps its connections open, but forwards nothing any more. */
export async function startForwarder(port: number): Promise<TestServer & { hold(): void }> {
  const holds: (() => void)[] = [];
  const server = await listen((near) => {
    const far = connect(port, '127.0.0.1');
    far.on('error', () => near.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
    holds.push(() => {
      near.unpipe(far);
      far.unpipe(near);
    });
  });
  return {
    ...server,
    hold() {
      for (const hold of holds) hold();
    },
  };
}

/** Starts a TCP server that treats each connection as `serve` says. */
export async function listen(serve: (socket: Socket) => void): Promise<TestServer> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    async [Symbol.asyncDispose]() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
