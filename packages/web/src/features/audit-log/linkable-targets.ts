import { listConnections } from '@gatehouse/contract/connections';
import type { Tree } from '@gatehouse/contract/entries';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { entryTree } from '../entries/queries.ts';
import { identityList } from '../identities/queries.ts';

const mostSessions = 1_000;
const none: ReadonlySet<number> = new Set();

const ownSessions = queryOptions({
  queryKey: ['sessions', 'numbers'],
  queryFn: async () => new Set((await call(listConnections, { query: { limit: mostSessions } })).map(({ id }) => id)),
});

/** The ids of the objects that an entry can link to. */
interface LinkableTargets {
  readonly identities: ReadonlySet<number>;
  readonly entries: ReadonlySet<number>;
  readonly sessions: ReadonlySet<number>;
}

/** From the lists, not by a request for each object: a request for an object that is not visible would be recorded as an attempt. */
export function useLinkableTargets(): LinkableTargets {
  const identities = useQuery({ ...identityList, select: (list) => new Set(list.map(({ id }) => id)) });
  const entries = useQuery({ ...entryTree, select: (tree) => new Set(serverIds(tree)) });
  const sessions = useQuery(ownSessions);
  return {
    identities: identities.data ?? none,
    entries: entries.data ?? none,
    sessions: sessions.data ?? none,
  };
}

function serverIds(nodes: Tree): number[] {
  return nodes.flatMap((node) => (node.type === 'server' ? [node.id] : serverIds(node.entries)));
}
