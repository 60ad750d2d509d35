import { notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, problemOf } from '../lib/api.ts';

const maxRetries = 2;

// With a timer, an optimistic update would render a moment late: a checkbox that was just ticked would briefly show as not ticked.
notifyManager.setScheduler(queueMicrotask);

/** The one cache of server data. The state socket keeps it fresh, so nothing is read again only because of its age. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // Before anything is shown, the one who asks who is there goes to the sign-in.
      const asks = query.meta?.['asksWhoIsThere'] === true && query.state.data === undefined;
      if (isSignedOut(error) && !asks) onSignedOut();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      // The server would refuse the same request again; one that did not reach it may succeed now.
      retry: (failures, error) => problemOf(error) === undefined && failures < maxRetries,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

let onSignedOut: () => void = () => undefined;

/** Reports that the server no longer accepts the sign-in of this browser. */
export function signedOut(): void {
  onSignedOut();
}

/** Sets what happens when the server no longer accepts the sign-in of this browser. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}
