import { getMe, register, updatePreferences } from '@gatehouse/contract/accounts';
import { signIn } from '@gatehouse/contract/auth';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../lib/api.ts';
import { mergePatch, type Json } from '../../lib/merge-patch.ts';
import { preferencesSchema, type Preferences } from './preferences.ts';

export type Me = z.output<typeof getMe.result>;

/** Who is signed in; fails with `unauthenticated` where nobody is. */
export const me = queryOptions({
  queryKey: ['accounts', 'me'],
  queryFn: () => call(getMe, {}),
  meta: { asksWhoIsThere: true },
});

/** Who is signed in; for screens behind the sign-in, where it is always known. */
export function useMe(): Me {
  return useSuspenseQuery(me).data;
}

/** What the person chose for this app, with a default for everything that was never chosen. */
export function usePreferences(): Preferences {
  return preferencesSchema.parse(useMe().preferences['web'] ?? {});
}

/** Changes preferences as a JSON merge patch, on the screen at once and on the server after. */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: Json) => call(updatePreferences, { body: { web: patch } }),
    onMutate: (patch) => {
      client.setQueryData(
        me.queryKey,
        (known) =>
          known && { ...known, preferences: mergePatch(known.preferences, { web: patch }) as Me['preferences'] },
      );
    },
    onError: () => client.invalidateQueries({ queryKey: me.queryKey }),
  });
}

/** Makes an account and signs this browser in to it. */
export function useRegister() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (account: z.input<typeof register.body>) => {
      await call(register, { body: account });
      await call(signIn, { body: { username: account.username, password: account.password } });
      await client.query({ ...me, staleTime: 0 });
    },
    // The variables of a mutation hold the password.
    gcTime: 0,
  });
}
