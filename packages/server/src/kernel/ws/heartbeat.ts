import { protocolCloseCodes } from '@gatehouse/contract/close-codes';
import { inEnglish, say } from '@gatehouse/contract/messages/message';
import type { WebSocket } from 'ws';

/** The interval in which a socket must show activity; otherwise it is cut. */
export const heartbeatMs = 30_000;
/** The most unread bytes for which pings are still answered. */
const maxUnreadBytes = 1024 * 1024;
/** The most pings and pongs between two beats; a client needs a few. */
export const maxControlFrames = 600;

/**
 * Cuts sockets whose remote end is gone, and answers pings, which the library leaves to us. A paused socket receives nothing and is left alone. A
 * socket that sends more pings and pongs than `maxControlFrames` is closed. Returns the function that stops it.
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
    if (controlFrames === maxControlFrames + 1)
      socket.close(protocolCloseCodes.tooManyPings.code, inEnglish(say('closed_for_pings')));
    return controlFrames <= maxControlFrames;
  };
  socket.on('pong', isAllowed);
  socket.on('message', hear);
  socket.on('ping', (data: Buffer) => {
    if (isAllowed() && socket.bufferedAmount < maxUnreadBytes) socket.pong(data);
  });
  // Not a job: each socket has its own timer.
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
