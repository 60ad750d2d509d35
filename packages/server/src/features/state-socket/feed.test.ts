import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { stateTopics } from '@gatehouse/contract/state-socket';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createFeed } from './feed.ts';

test('hangs up on a client that does not read', { timeout: 120_000 }, async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client.on('error', () => undefined);
  const [[socket]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [[WebSocket], unknown];
  try {
    let gone = 0;
    const feed = createFeed(socket, () => gone++);
    client.pause();
    // What the network buffers before anything waits here.
    while (socket.bufferedAmount <= 16 * 1024) {
      socket.send(Buffer.alloc(256 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(gone).toBe(0);
    feed.tell(stateTopics);
    expect(gone).toBe(1);
    expect(socket.readyState).toBe(WebSocket.CLOSING);
    feed.close('stops');
    expect(gone).toBe(1);
  } finally {
    client.terminate();
    socket.terminate();
    server.close();
    await once(server, 'close');
  }
});
