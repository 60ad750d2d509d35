import { subprotocol } from '@gatehouse/contract/subprotocol';

const timeoutMs = 5_000;

/** Opens a WebSocket to the server and closes it again; false if a proxy blocks it. Requires a sign-in. */
export function socketArrives(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket('/api/ws/state', [subprotocol]);
    const end = (arrived: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(arrived);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    socket.onopen = () => end(true);
    socket.onerror = () => end(false);
    signal.addEventListener('abort', () => end(false), { once: true });
  });
}
