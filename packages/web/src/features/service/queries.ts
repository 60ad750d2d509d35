import { getRecoveryKit, getVersion, verifyData } from '@gatehouse/contract/site';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { socketArrives } from './socket-check.ts';

/** The version of the server. */
export const serverVersion = queryOptions({
  queryKey: ['service', 'version'],
  queryFn: async () => (await call(getVersion, {})).version,
});

/** The locations of data and master key; for administrators. Each request is recorded in the audit log, so the answer is cached. */
export const recoveryKit = queryOptions({
  queryKey: ['service', 'recovery-kit'],
  queryFn: () => call(getRecoveryKit, {}),
});

/** Whether WebSockets reach the server; checked when it is shown. */
export const socketCheck = queryOptions({
  queryKey: ['service', 'sockets'],
  queryFn: ({ signal }) => socketArrives(signal),
  staleTime: 0,
  retry: false,
});

/** Verifies all stored data; for administrators. The time depends on the amount of data. */
export function useVerifyData() {
  return useMutation({ mutationFn: () => call(verifyData, {}) });
}
