import { notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, problemOf } from '../lib/api.ts';

const maxRetries = 2;

// Left to a timer, what is shown ahead of the server's answer comes a moment late: a box that was ticked shows as not ticked in between.
notifyManager.setScheduler(queueMicrotask);

/** The one cache of what the server told. It is kept fresh by the state socket, so nothing is read again merely for being old. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (isSignedOut(error) && query.meta?.['asksWhoIsThere'] !== true) onSignedOut();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      // What the server refused it refuses again; what did not reach it may reach it now.
      retry: (failures, error) => problemOf(error) === undefined && failures < maxRetries,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

let onSignedOut: () => void = () => undefined;

/** Tells the app that the server no longer knows who is asking. */
export function signedOut(): void {
  onSignedOut();
}

/** Says what happens when the server no longer knows who is asking. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}
