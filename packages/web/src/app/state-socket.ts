import { signedOutCloseCode, stateFrame, type StateFrame, type StateTopic } from '@gatehouse/contract/state-socket';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { me } from '../features/accounts/queries.ts';
import { isSignedOut } from '../lib/api.ts';
import { subprotocol } from '../lib/socket.ts';
import { signedOut } from './query-client.ts';

/** The queries that each topic invalidates: the prefixes of their keys, as the `queries.ts` of the features define them. */
const stale: Readonly<Record<StateTopic, readonly QueryKey[]>> = {
  IDENTITIES: [['identities']],
  ENTRIES: [['entries'], ['identities']],
  CONNECTIONS: [['sessions'], ['entries', 'recent']],
  ORGANIZATIONS: [['organizations'], ['entries'], ['identities']],
};

const firstRetryMs = 500;
const longestRetryMs = 15_000;
/** A socket that has not opened by then counts as lost, so that the banner is shown. */
const openTimeoutMs = 10_000;

type StateSocketState = 'connecting' | 'live' | 'lost';

interface StateSocket {
  /** Opens the socket, and again whenever it is lost; returns a function that closes it. */
  readonly start: (client: QueryClient) => () => void;
  /** Connects at once, without waiting for the next attempt. */
  readonly retry: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => StateSocketState;
}

/** The socket `/api/ws/state`: a list is read again when another client changed it, and once after each reconnection. */
export const stateSocket: StateSocket = createStateSocket();

function createStateSocket(): StateSocket {
  const listeners = new Set<() => void>();
  let state: StateSocketState = 'connecting';
  let connect: () => void = () => undefined;
  function setState(next: StateSocketState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }
  return {
    state: () => state,
    retry: () => {
      connect();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start(client) {
      const connection = keepConnected({
        setState,
        onFrame: (frame) => {
          for (const queryKey of stale[frame.type]) void client.invalidateQueries({ queryKey });
        },
        onRefused: () => void checkSignIn(client),
      });
      connect = connection.connect;
      return () => {
        connect = () => undefined;
        connection.end();
        state = 'connecting';
      };
    },
  };
}

/** Browsers do not report why a WebSocket was refused; an HTTP request shows whether the sign-in has ended. */
async function checkSignIn(client: QueryClient): Promise<void> {
  try {
    await client.query({ ...me, staleTime: 0, retry: false });
  } catch (error) {
    if (isSignedOut(error)) signedOut();
  }
}

interface Listener {
  readonly setState: (state: StateSocketState) => void;
  readonly onFrame: (frame: StateFrame) => void;
  /** The socket did not open. */
  readonly onRefused: () => void;
}

function keepConnected({ setState, onFrame, onRefused }: Listener) {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let ended = false;

  function connect(): void {
    if (ended || (socket !== undefined && socket.readyState <= WebSocket.OPEN)) return;
    clearTimeout(timer);
    const opening = new WebSocket('/api/ws/state', [subprotocol]);
    let opened = false;
    socket = opening;
    const openTimer = setTimeout(() => {
      opening.close();
    }, openTimeoutMs);
    opening.onopen = () => {
      clearTimeout(openTimer);
      opened = true;
      retryMs = firstRetryMs;
      setState('live');
    };
    opening.onmessage = ({ data }) => {
      const frame = stateFrame.safeParse(JSON.parse(String(data)));
      if (frame.success) onFrame(frame.data);
    };
    opening.onclose = ({ code }) => {
      clearTimeout(openTimer);
      if (ended || socket !== opening) return;
      if (code === signedOutCloseCode) {
        signedOut();
        return;
      }
      if (!opened) onRefused();
      setState('lost');
      timer = setTimeout(connect, retryMs * (0.5 + Math.random()));
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };
  }

  const retryNow = () => {
    connect();
  };
  window.addEventListener('online', retryNow);
  connect();
  return {
    connect,
    end() {
      ended = true;
      clearTimeout(timer);
      window.removeEventListener('online', retryNow);
      socket?.close();
    },
  };
}
