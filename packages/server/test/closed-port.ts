import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A TCP port of loopback that refuses connections until it is disposed: no other program can be given it meanwhile. */
export interface ClosedPort extends AsyncDisposable {
  readonly port: number;
}

/** Takes a port as the near end of a connection, so that it is in use and nothing listens there. */
export async function closedPort(): Promise<ClosedPort> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  return {
    port: (socket.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
