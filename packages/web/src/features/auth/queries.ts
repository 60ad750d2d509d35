import { listSignIns, revokeSignIn, signIn } from '@gatehouse/contract/auth';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, callOnce } from '../../lib/api.ts';

export type SignInSession = z.output<typeof listSignIns.result>[number];

const lookAgainMs = 10_000;

/** The sign-ins of the person. No event reports a sign-in elsewhere, so the list is polled while it is shown. */
export const signInSessions = queryOptions({
  queryKey: ['auth', 'sessions'],
  queryFn: () => call(listSignIns, {}),
  staleTime: 0,
  refetchInterval: lookAgainMs,
});

/** Ends one of the person's sign-ins. */
export function useRevokeSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(revokeSignIn, { params: { id: String(id) } }),
    onSettled: () => client.invalidateQueries({ queryKey: signInSessions.queryKey }),
  });
}

/** Signs this browser in. Clears the cache, unless the same person goes on with the same page (`isAgain`). */
export function useSignIn({ isAgain = false }: { readonly isAgain?: boolean } = {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { username: string; password: string }) => callOnce(signIn, { body: credentials }),
    onSuccess: () => {
      if (!isAgain) client.clear();
    },
    // The variables of a mutation hold the password.
    gcTime: 0,
  });
}
