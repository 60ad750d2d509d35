import { queryOptions } from '@tanstack/react-query';
import { entryTree } from '../entries/queries.ts';

/** The shared servers and folders of an organization. */
export function sharedServers(organizationId: number) {
  return queryOptions({
    ...entryTree,
    select: (tree) => {
      const node = tree.find(({ type, id }) => type === 'organization' && id === `org-${organizationId}`);
      return node?.type === 'organization' ? node.entries : [];
    },
  });
}
