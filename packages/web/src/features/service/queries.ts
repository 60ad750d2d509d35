import { getRecoveryKit, getVersion, verifyData } from '@gatehouse/contract/service';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { socketArrives } from './socket-check.ts';

/** The version of the server. */
export const serverVersion = queryOptions({
  queryKey: ['service', 'version'],
  queryFn: async () => (await call(getVersion, {})).version,
});

/** Where data and master key lie; for administrators. Each reading is recorded in the audit log, so it is kept. */
export const recoveryKit = queryOptions({
  queryKey: ['service', 'recovery-kit'],
  queryFn: () => call(getRecoveryKit, {}),
});

/** Whether WebSockets reach the server from here; asked when it is shown. */
export const socketCheck = queryOptions({
  queryKey: ['service', 'sockets'],
  queryFn: ({ signal }) => socketArrives(signal),
  staleTime: 0,
  retry: false,
});

/** Verifies all stored data; for administrators. Takes as long as the data are many. */
export function useVerifyData() {
  return useMutation({ mutationFn: () => call(verifyData, {}) });
}
