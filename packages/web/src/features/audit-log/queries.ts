import {
  auditCheckpoint,
  auditMetadata,
  exportAuditLogs,
  listAuditLogs,
  verifyAuditLog,
  type AuditFilter,
} from '@gatehouse/contract/audit';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** As much as two tall screens show. */
const entriesPerPage = 100;
/** No socket reports new entries. */
const lookAgainMs = 10_000;
const metadataFreshMs = 60_000;
const shownInOrganization = 8;

/** The log page by page, newest first. Read again on each visit, because newer entries are at its top. */
export function auditLog(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit-log', 'list', filter],
    queryFn: ({ pageParam: cursor }) => call(listAuditLogs, { query: { ...filter, limit: entriesPerPage, cursor } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    gcTime: 0,
  });
}

/** The number of matching entries, and the newest one; polled while the page is visible. */
export function newestEntry(filter: AuditFilter) {
  return queryOptions({
    queryKey: ['audit-log', 'newest', filter],
    queryFn: () => call(listAuditLogs, { query: { ...filter, limit: 1 } }),
    refetchInterval: lookAgainMs,
    gcTime: 0,
  });
}

/** The newest entries of one action in an organization. */
export function latestOf(organizationId: number, action: string) {
  return queryOptions({
    queryKey: ['audit-log', 'latest', organizationId, action],
    queryFn: async () =>
      (await call(listAuditLogs, { query: { organizationId, action, limit: shownInOrganization } })).logs,
    staleTime: lookAgainMs,
  });
}

/** What the log can be filtered by. */
export const metadata = queryOptions({
  queryKey: ['audit-log', 'metadata'],
  queryFn: () => call(auditMetadata, {}),
  staleTime: metadataFreshMs,
});

/** The last verification, from the entry that the log has about it; for administrators. */
export const lastVerification = queryOptions({
  queryKey: ['audit-log', 'last-verification'],
  queryFn: async () => (await call(listAuditLogs, { query: { action: 'audit.verify', limit: 1 } })).logs[0] ?? null,
  staleTime: 0,
});

/** A signed statement of how long the log is now; for administrators. */
export const checkpoint = queryOptions({
  queryKey: ['audit-log', 'checkpoint'],
  queryFn: () => call(auditCheckpoint, {}),
  staleTime: 0,
  gcTime: 0,
});

/** Recomputes the chain; for administrators. It is recorded, so the log is read again. */
export function useVerify() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(verifyAuditLog, {}),
    onSettled: () => client.invalidateQueries({ queryKey: ['audit-log'] }),
  });
}

/** Where the browser downloads the entries of a filter from. */
export function exportAddress(filter: AuditFilter): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) search.set(name, String(value));
  return search.size === 0 ? exportAuditLogs.path : `${exportAuditLogs.path}?${search.toString()}`;
}
