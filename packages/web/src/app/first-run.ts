import { isFirstRun } from '@gatehouse/contract/site';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../lib/api.ts';

/** Whether there is no account yet. */
export const firstRun = queryOptions({
  queryKey: ['service', 'first-run'],
  queryFn: () => call(isFirstRun, {}),
  staleTime: 0,
});
