import { getIdentity, identityUsage, listIdentities } from '@gatehouse/contract/identities';
import { queryOptions } from '@tanstack/react-query';
import { call, exchange } from '../../lib/api.ts';

/** Every identity that the person can use: his own first, then those of his organizations. */
export const identityList = queryOptions({
  queryKey: ['identities', 'list'],
  queryFn: () => call(listIdentities, {}),
});

/** One identity with its entity tag, for who edits it. */
export const identityOf = (identityId: number) =>
  queryOptions({
    queryKey: ['identities', 'one', identityId],
    queryFn: () => exchange(getIdentity, { params: { identityId: String(identityId) } }),
  });

/** Which servers refer to an identity, and how the last login went. */
export const usageOf = (identityId: number) =>
  queryOptions({
    queryKey: ['identities', 'usage', identityId],
    queryFn: () => call(identityUsage, { params: { identityId: String(identityId) } }),
  });
