import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Product } from '../product.ts';
import { Output, type OpenShell, type Shell } from './shell.ts';

/** Terminals of the product, joined as a browser joins them. */
export function productShells(product: Product, entryId: number): OpenShell {
  return async () => {
    const opened = await product.call('POST', '/api/connection', { entryId, cols: 80, rows: 24 });
    const url = `ws://127.0.0.1:${product.port}/api/ws/session/${opened.number('sessionId')}`;
    const socket = new WebSocket(url, ['gatehouse.v1', `ticket.${opened.string('ticket')}`], {
      perMessageDeflate: false,
    });
    return shellOf(socket, (bytes) => {
      socket.send(`{"t":"ack","bytes":${bytes.length}}`);
    });
  };
}

/** Shells of the bare bridge that listens on a port. */
export function bridgeShells(port: number): OpenShell {
  return () => shellOf(new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false }), () => undefined);
}

async function shellOf(socket: WebSocket, acknowledge: (bytes: Buffer) => void): Promise<Shell> {
  const output = new Output();
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    output.push(data);
    acknowledge(data);
  });
  await once(socket, 'open');
  return {
    write: (text) => {
      socket.send(Buffer.from(text));
    },
    onOutput: output.listen,
    stopReading: () => {
      socket.pause();
    },
    async [Symbol.asyncDispose]() {
      // Ends the shell at once; the product would keep one whose socket is lost.
      socket.resume();
      if (socket.readyState === WebSocket.OPEN) socket.send(Buffer.from('\u0003\n exit\n'));
      const timer = setTimeout(() => {
        socket.terminate();
      }, 1_000);
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
      clearTimeout(timer);
    },
  };
}
