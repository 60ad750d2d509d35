import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Client, type ClientChannel } from 'ssh2';
import { WebSocketServer, type WebSocket } from 'ws';

/** The server of the bridge. */
export interface BridgeOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly keyFile: string;
}

/** The minimum cost of a WebSocket with ssh2: no rights, no vault, no log, no host key, and only the transport's own back-pressure. */
process.once('message', (order: BridgeOptions) => {
  const privateKey = readFileSync(order.keyFile);
  const server: WebSocketServer = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
  server.on('connection', (socket) => {
    const client = new Client();
    client.on('error', () => {
      socket.terminate();
    });
    client.on('ready', () => {
      client.shell({ term: 'xterm' }, (error, channel) => {
        if (error === undefined) join(socket, channel, client);
        else socket.terminate();
      });
    });
    const { host, port, username } = order;
    client.connect({ host, port, username, privateKey });
    client.setNoDelay(true);
  });
});

function join(socket: WebSocket, channel: ClientChannel, client: Client): void {
  channel.on('data', (bytes: Buffer) => {
    channel.pause();
    socket.send(bytes, () => {
      channel.resume();
    });
  });
  channel.on('close', () => {
    socket.close();
  });
  socket.on('message', (bytes: Buffer) => {
    channel.write(bytes);
  });
  socket.on('close', () => {
    client.end();
  });
}
