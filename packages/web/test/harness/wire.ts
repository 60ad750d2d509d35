import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a server that can be cut and mended, as a network does it. */
export interface Wire extends AsyncDisposable {
  readonly url: string;
  /** Ends every connection and takes no new ones. */
  cut(): void;
  mend(): void;
}

/** Lays a wire from a free port of loopback to the server. */
export async function layWire(serverUrl: string): Promise<Wire> {
  const port = Number(new URL(serverUrl).port);
  const sockets = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A cut connection ends with an error on one side or the other.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const end = createServer((near) => {
    keep(near);
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    keep(far);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(end, 'listening');
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(end.address() as AddressInfo).port}`,
    cut,
    mend() {
      whole = true;
    },
    async [Symbol.asyncDispose]() {
      cut();
      end.close();
      await once(end, 'close');
    },
  };
}
