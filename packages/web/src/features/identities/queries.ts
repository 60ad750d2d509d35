import { listIdentities } from '@gatehouse/contract/identities';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** Every identity that the person can use. */
export const identityList = queryOptions({
  queryKey: ['identities', 'list'],
  queryFn: () => call(listIdentities, {}),
});
