import type { WebSocket } from 'ws';

/** How often a socket has to show that somebody is there; one that did not since the last time is cut. */
export const heartbeatMs = 30_000;
/** What may wait for a client that does not read, before its pings stay unanswered. */
const maxUnreadBytes = 1024 * 1024;
/** Pings and pongs between two beats; a client needs a few. */
export const maxControlFrames = 600;
/** RFC 6455 section 7.4.1. */
const policyViolation = 1008;

/**
 * Finds sockets whose other end is gone without a word, and answers pings, which the server leaves to us. A paused socket cannot be heard and is
 * left alone. One that sends more pings and pongs than `maxControlFrames` is closed. Returns what stops it.
 */
export function startHeartbeat(socket: WebSocket, isPaused: () => boolean = () => false): () => void {
  let heard = true;
  let controlFrames = 0;
  const hear = () => {
    heard = true;
  };
  const isAllowed = () => {
    hear();
    controlFrames += 1;
    if (controlFrames === maxControlFrames + 1) socket.close(policyViolation, 'too many pings');
    return controlFrames <= maxControlFrames;
  };
  socket.on('pong', isAllowed);
  socket.on('message', hear);
  socket.on('ping', (data: Buffer) => {
    if (isAllowed() && socket.bufferedAmount < maxUnreadBytes) socket.pong(data);
  });
  // No job: each socket has its own.
  const beat = setInterval(() => {
    if (!heard && !isPaused()) {
      socket.terminate();
      return;
    }
    heard = false;
    controlFrames = 0;
    socket.ping();
  }, heartbeatMs);
  return () => {
    clearInterval(beat);
  };
}
