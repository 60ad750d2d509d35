import { endConnection, getConnection, getDestination, listConnections } from '@gatehouse/contract/connections';
import { getIdentity, type Identity } from '@gatehouse/contract/identities';
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** The number of sessions in the history. */
export const historyLength = 500;

/** The newest sessions of the person, including live ones. */
export const sessionList = queryOptions({
  queryKey: ['sessions', 'list'],
  queryFn: () => call(listConnections, { query: { limit: historyLength } }),
});

/** The sessions of the person that run now; read every time. */
export const liveSessions = queryOptions({
  queryKey: ['sessions', 'live'],
  queryFn: () => call(listConnections, { query: { live: 'true', limit: historyLength } }),
  staleTime: 0,
});

/** No event reports the sessions of others. */
const membersFreshMs = 10_000;

/** The live sessions of the members of an organization, on its servers and with its identities. */
export const memberSessions = (organizationId: number) =>
  queryOptions({
    queryKey: ['sessions', 'members', organizationId],
    queryFn: () => call(listConnections, { query: { organizationId, limit: historyLength } }),
    refetchInterval: membersFreshMs,
  });

/** One session with its connection log. */
export function sessionById(id: number) {
  return queryOptions({
    queryKey: ['sessions', 'one', id],
    queryFn: () => call(getConnection, { params: { sessionId: String(id) } }),
    placeholderData: keepPreviousData,
  });
}

/** The destination of a login to an entry; read every time, because the person is about to type a password. */
export function destinationOf(entryId: number) {
  return queryOptions({
    queryKey: ['sessions', 'destination', entryId],
    queryFn: () => call(getDestination, { params: { entryId: String(entryId) } }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The identity of a session; undefined while loading, for a typed credential, and if the identity was deleted. */
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
