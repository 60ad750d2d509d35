import { listConnections } from '@gatehouse/contract/connections';
import { listEntries, type Tree } from '@gatehouse/contract/entries';
import { listIdentities } from '@gatehouse/contract/identities';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

const mostSessions = 1_000;
const freshMs = 60_000;

/**
 * What the reader can go to from an entry. By the lists, not by asking for each thing: to ask for what one cannot see is recorded as an
 * attempt on it.
 */
export const things = queryOptions({
  queryKey: ['audit-log', 'things'],
  queryFn: async () => {
    const [identities, tree, sessions] = await Promise.all([
      call(listIdentities, {}),
      call(listEntries, {}),
      call(listConnections, { query: { limit: mostSessions } }),
    ]);
    return {
      identities: new Set(identities.map(({ id }) => id)),
      entries: new Set(Array.isArray(tree) ? serverIds(tree) : []),
      sessions: new Set(sessions.map(({ id }) => id)),
    };
  },
  staleTime: freshMs,
});

function serverIds(nodes: Tree): number[] {
  return nodes.flatMap((node) => (node.type === 'server' ? [node.id] : serverIds(node.entries)));
}
