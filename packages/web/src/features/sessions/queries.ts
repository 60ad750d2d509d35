import { endConnection, getConnection, getDestination, listConnections } from '@gatehouse/contract/connections';
import { getIdentity, type Identity } from '@gatehouse/contract/identities';
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** How many sessions the history goes back. */
export const historyLength = 500;

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

/** Where a login to an entry would go; asked anew each time, because somebody is about to type a password. */
export function destinationOf(entryId: number) {
  return queryOptions({
    queryKey: ['sessions', 'destination', entryId],
    queryFn: () => call(getDestination, { params: { entryId: String(entryId) } }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What a session was opened with; undefined while it is not known, and where nothing stored was used or it is gone. */
export function useSessionIdentity(sessionId: number | undefined): Identity | undefined {
  const session = useQuery({ ...sessionById(sessionId ?? 0), enabled: sessionId !== undefined });
  const identityId = sessionId === undefined ? null : (session.data?.identityId ?? null);
  const { data } = useQuery({
    queryKey: ['identities', 'of-session', identityId],
    queryFn: () => call(getIdentity, { params: { identityId: String(identityId) } }),
    enabled: identityId !== null,
  });
  return data;
}

/** Ends a live session on its server. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(endConnection, { params: { sessionId: String(id) } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
}
