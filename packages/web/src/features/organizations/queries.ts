import { listOrganizations } from '@gatehouse/contract/organizations';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** The organizations in which the person is an active member, with what is allowed there. */
export const organizationList = queryOptions({
  queryKey: ['organizations', 'list'],
  queryFn: () => call(listOrganizations, {}),
});
