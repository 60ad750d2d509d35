import { endConnection, getConnection, listConnections } from '@gatehouse/contract/connections';
import { getIdentity } from '@gatehouse/contract/identities';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** How many sessions the history goes back. */
const historyLength = 500;

/** The newest sessions of the person, live ones among them. */
export const sessionList = queryOptions({
  queryKey: ['sessions', 'list'],
  queryFn: () => call(listConnections, { query: { limit: historyLength } }),
});

/** One session with its connection log. */
export function sessionById(id: number) {
  return queryOptions({
    queryKey: ['sessions', 'one', id],
    queryFn: () => call(getConnection, { params: { sessionId: String(id) } }),
    placeholderData: keepPreviousData,
  });
}

/** The name of what a session was opened with; fails where the identity is gone or not to be seen. */
export function identityOfSession(identityId: number) {
  return queryOptions({
    queryKey: ['identities', 'of-session', identityId],
    queryFn: () => call(getIdentity, { params: { identityId: String(identityId) } }),
  });
}

/** Ends a live session on its server. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(endConnection, { params: { sessionId: String(id) } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
}
