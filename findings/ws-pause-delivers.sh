#!/usr/bin/env bash
# ws 8.23.0: after `pause()` a WebSocket still delivers what its receiver has already buffered, up to one read of the socket (64 KiB, thousands
# of small messages), whether `allowSynchronousEvents` is on or off, while `isPaused` is true. Only the underlying socket is paused.
# A program that pauses to preserve order or memory needs its own queue for these messages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ws@8.23.0 >/dev/null
cat >look.mjs <<'JS'
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

for (const allowSynchronousEvents of [true, false]) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, allowSynchronousEvents });
  await once(server, 'listening');
  let delivered = 0;
  let paused;
  server.on('connection', (socket) =>
    socket.on('message', () => {
      delivered += 1;
      socket.pause();
      paused = socket;
    }),
  );
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  await once(client, 'open');
  // One write, so that all of it is in one read of the other end.
  client._socket.cork();
  for (let sent = 0; sent < 1_000; sent += 1) client.send('x');
  client._socket.uncork();
  for (let waited = 0; waited < 100 && delivered < 1_000; waited += 1) await delay(50);
  console.log(`allowSynchronousEvents ${allowSynchronousEvents}: ${delivered} of 1000 delivered, isPaused ${paused.isPaused}`);
  client.terminate();
  server.close();
}
JS
seen=$(node look.mjs)
expected='allowSynchronousEvents true: 1000 of 1000 delivered, isPaused true
allowSynchronousEvents false: 1000 of 1000 delivered, isPaused true'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
