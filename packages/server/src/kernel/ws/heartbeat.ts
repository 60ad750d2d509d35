import type { WebSocket } from 'ws';

/** How often a socket has to show that somebody is there; one that did not since the last time is cut. */
export const heartbeatMs = 30_000;
/** What may wait for a client that does not read, before its pings stay unanswered. */
const maxUnreadBytes = 1024 * 1024;

/**
 * Finds sockets whose other end is gone without a word, and answers pings, which the server leaves to us. A paused socket cannot be heard and is
 * left alone. Returns what stops it.
 */
export function startHeartbeat(socket: WebSocket, isPaused: () => boolean = () => false): () => void {
  let heard = true;
  const hear = () => {
    heard = true;
  };
  socket.on('pong', hear);
  socket.on('message', hear);
  socket.on('ping', (data: Buffer) => {
    hear();
    if (socket.bufferedAmount < maxUnreadBytes) socket.pong(data);
  });
  const beat = setInterval(() => {
    if (!heard && !isPaused()) {
      socket.terminate();
      return;
    }
    heard = false;
    socket.ping();
  }, heartbeatMs);
  return () => {
    clearInterval(beat);
  };
}
