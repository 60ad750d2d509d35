import { signedOutCloseCode, stateFrame, type StateFrame, type StateTopic } from '@gatehouse/contract/live';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { me } from '../features/accounts/queries.ts';
import { isSignedOut } from '../lib/api.ts';
import { subprotocol } from '../lib/socket.ts';
import { signedOut } from './query-client.ts';

/** What each frame makes stale: the first words of the keys of the queries, as `queries.ts` of the features name them. */
const stale: Readonly<Record<StateTopic, readonly QueryKey[]>> = {
  IDENTITIES: [['identities']],
  ENTRIES: [['entries'], ['identities']],
  CONNECTIONS: [['sessions'], ['entries', 'recent']],
  ORGANIZATIONS: [['organizations'], ['entries'], ['identities']],
};

const firstRetryMs = 500;
const longestRetryMs = 15_000;
/** A socket that opens late is taken for lost, so that the banner tells of it. */
const openTimeoutMs = 10_000;

type LiveState = 'connecting' | 'live' | 'lost';

interface Live {
  /** Opens the socket, and again whenever it is lost; returns what ends it. */
  readonly start: (client: QueryClient) => () => void;
  /** Tries at once, for whoever does not want to wait. */
  readonly retry: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => LiveState;
}

/** The socket `/api/ws/state`: every list is read again when somebody changed it, and once after each reconnection. */
export const live: Live = createLive();

function createLive(): Live {
  const listeners = new Set<() => void>();
  let state: LiveState = 'connecting';
  let connect: () => void = () => undefined;
  function become(next: LiveState): void {
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
      const line = keepConnected({
        become,
        onFrame: (frame) => {
          for (const queryKey of stale[frame.type]) void client.invalidateQueries({ queryKey });
        },
        onRefused: () => void askWhoIsThere(client),
      });
      connect = line.connect;
      return () => {
        connect = () => undefined;
        line.end();
        state = 'connecting';
      };
    },
  };
}

/** A browser is not told why a socket was refused; an ordinary question tells whether the sign-in has ended. */
async function askWhoIsThere(client: QueryClient): Promise<void> {
  try {
    await client.query({ ...me, staleTime: 0, retry: false });
  } catch (error) {
    if (isSignedOut(error)) signedOut();
  }
}

interface Listener {
  readonly become: (state: LiveState) => void;
  readonly onFrame: (frame: StateFrame) => void;
  /** The socket did not open. */
  readonly onRefused: () => void;
}

function keepConnected({ become, onFrame, onRefused }: Listener) {
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
    const late = setTimeout(() => {
      opening.close();
    }, openTimeoutMs);
    opening.onopen = () => {
      clearTimeout(late);
      opened = true;
      retryMs = firstRetryMs;
      become('live');
    };
    opening.onmessage = ({ data }) => {
      const frame = stateFrame.safeParse(JSON.parse(String(data)));
      if (frame.success) onFrame(frame.data);
    };
    opening.onclose = ({ code }) => {
      clearTimeout(late);
      if (ended || socket !== opening) return;
      if (code === signedOutCloseCode) {
        signedOut();
        return;
      }
      if (!opened) onRefused();
      become('lost');
      timer = setTimeout(connect, retryMs * (0.5 + Math.random()));
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };
  }

  const atOnce = () => {
    connect();
  };
  window.addEventListener('online', atOnce);
  connect();
  return {
    connect,
    end() {
      ended = true;
      clearTimeout(timer);
      window.removeEventListener('online', atOnce);
      socket?.close();
    },
  };
}
