import { signedOutCloseCode, type StateFrame, type StateTopic } from '@gatehouse/contract/state-socket';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { me } from '../features/accounts/queries.ts';
import { isSignedOut } from '../lib/api.ts';
import { newPatience } from '../lib/heartbeat.ts';
import { isUpToDate } from '../lib/freshness.ts';
import { onNetworkChange, reportNetworkBack } from '../lib/network-changes.ts';
import { gatherInvalidations } from './gather.ts';
import { openStateSocket, type OpenStateSocket } from './open-state-socket.ts';
import { signedOut } from './query-client.ts';
import { signInEnd } from './sign-in-end.ts';

/** The queries that each topic invalidates: the prefixes of their keys, as the `queries.ts` of the features define them. */
const stale: Readonly<Record<StateTopic, readonly QueryKey[]>> = {
  IDENTITIES: [['identities']],
  ENTRIES: [['entries'], ['identities']],
  CONNECTIONS: [['sessions'], ['entries', 'recent']],
  ORGANIZATIONS: [['organizations'], ['entries'], ['identities']],
};

const firstRetryMs = 500;
const longestRetryMs = 15_000;

/** `silent`: the socket is open, but the server has not answered for a few seconds. */
type StateSocketState = 'connecting' | 'live' | 'silent' | 'lost';

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
  let retry: () => void = () => undefined;
  function setState(next: StateSocketState): void {
    if (next === state) return;
    state = next;
    isUpToDate.set(next === 'connecting' || next === 'live');
    for (const listener of listeners) listener();
  }
  return {
    state: () => state,
    retry: () => {
      retry();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start(client) {
      const invalidations = gatherInvalidations(client);
      const connection = keepConnected({
        setState,
        onFrame: (frame) => {
          invalidations.add(stale[frame.type]);
        },
        onRefused: () => void checkSignIn(client),
      });
      retry = connection.retry;
      return () => {
        retry = () => undefined;
        invalidations.end();
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

function endSignIn(setState: (state: StateSocketState) => void): void {
  setState('connecting');
  isUpToDate.set(false);
  signedOut();
}

function keepConnected({ setState, onFrame, onRefused }: Listener) {
  const patience = newPatience();
  let open: OpenStateSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let ended = false;

  function lose(): void {
    setState('lost');
    clearTimeout(timer);
    timer = setTimeout(connect, retryMs * (0.5 + Math.random()));
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }
  function connect(): void {
    // The person signs in first, perhaps as another account.
    if (ended || open !== undefined || signInEnd.get() !== undefined) return;
    clearTimeout(timer);
    open = openStateSocket(patience, {
      onFrame,
      onOpen: () => {
        const wasLost = retryMs > firstRetryMs;
        retryMs = firstRetryMs;
        setState('live');
        if (wasLost) reportNetworkBack();
      },
      onSilence: (isSilent) => {
        setState(isSilent ? 'silent' : 'live');
      },
      onClose: (code, wasOpen) => {
        open = undefined;
        if (code === signedOutCloseCode) {
          endSignIn(setState);
          return;
        }
        if (!wasOpen) onRefused();
        lose();
      },
    });
  }

  const ignoreNetwork = onNetworkChange((change) => {
    open?.ask();
    if (change === 'back') connect();
  });
  connect();
  return {
    /** Connects at once; a socket that does not answer is given up. */
    retry: () => {
      if (open?.leaveIfSilent() === true) open = undefined;
      connect();
    },
    end() {
      ended = true;
      clearTimeout(timer);
      ignoreNetwork();
      open?.leave();
    },
  };
}
