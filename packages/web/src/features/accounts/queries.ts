import {
  changeName,
  changePassword,
  createApiKey,
  deleteApiKey,
  getMe,
  listApiKeys,
  register,
  updatePreferences,
} from '@gatehouse/contract/accounts';
import { signIn } from '@gatehouse/contract/auth';
import {
  createUser,
  deleteUser,
  deleteUserApiKey,
  listUserApiKeys,
  listUsers,
  resetUserPassword,
  updateUser,
} from '@gatehouse/contract/users';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { call, callOnce, untilSignedInHere } from '../../lib/api.ts';
import { mergePatch, type Json } from '../../lib/merge-patch.ts';
import { preferencesSchema, type Preferences } from './preferences.ts';

export type Me = z.output<typeof getMe.result>;

/** No socket reports changes of accounts and API keys, so screens that show them poll at this interval. */
const lookAgainMs = 10_000;

/** The person who is signed in; fails with `unauthenticated` without a sign-in. */
export const me = queryOptions({
  queryKey: ['accounts', 'me'],
  queryFn: async () => {
    await untilSignedInHere();
    return callOnce(getMe, {});
  },
  // Another window may have changed the favourites meanwhile.
  refetchOnWindowFocus: 'always',
  meta: { asksWhoIsThere: true },
});

/** The person who is signed in; for screens behind the sign-in, where they are always known. */
export function useMe(): Me {
  return useSuspenseQuery(me).data;
}

/** The person's preferences for this app, with a default for each that was never set. */
export function usePreferences(): Preferences {
  return preferencesSchema.parse(useMe().preferences['web'] ?? {});
}

/** Changes preferences by a JSON merge patch: on the screen at once, then on the server. */
export function useChangePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (patch: Json) => call(updatePreferences, { body: { web: patch } }),
    onMutate: async (patch) => {
      // A pending answer does not contain the change yet.
      await client.cancelQueries({ queryKey: me.queryKey });
      client.setQueryData(
        me.queryKey,
        (known) =>
          known && { ...known, preferences: mergePatch(known.preferences, { web: patch }) as Me['preferences'] },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: me.queryKey }),
  });
}

/** Creates an account and signs this browser in to it. */
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

/** Changes the person's own name. */
export function useChangeName() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: { firstName: string; lastName: string }) => call(changeName, { body: name }),
    onSuccess: () => client.invalidateQueries({ queryKey: me.queryKey }),
  });
}

/** Changes the person's own password, which ends all other sign-ins. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changePassword.body>) => call(changePassword, { body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['auth'] }),
        client.invalidateQueries({ queryKey: apiKeys.queryKey }),
      ]),
    gcTime: 0,
  });
}

export type ApiKey = z.output<typeof listApiKeys.result>[number];

/** The person's own API keys; no event reports their last use. */
export const apiKeys = queryOptions({
  queryKey: ['accounts', 'api-keys'],
  queryFn: () => call(listApiKeys, {}),
  staleTime: 0,
  refetchInterval: lookAgainMs,
});

/** Creates an API key. The answer contains its token, so it is not cached. */
export function useCreateApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createApiKey.body>) => call(createApiKey, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeys.queryKey }),
    gcTime: 0,
  });
}

/** Deletes an API key, which becomes invalid at once. */
export function useDeleteApiKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteApiKey, { params: { id: String(id) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeys.queryKey }),
  });
}

export type User = z.output<typeof listUsers.result>['users'][number];

const usersPerPage = 100;

/** The accounts of the server, page by page; for administrators. */
export const userPages = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['accounts', 'users', search],
    queryFn: ({ pageParam }) =>
      call(listUsers, { query: { limit: usersPerPage, offset: pageParam, ...(search === '' ? {} : { search }) } }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, _, offset) => (offset + usersPerPage < total ? offset + usersPerPage : undefined),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: lookAgainMs,
  });

/** Creates an account for another person. */
export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createUser.body>) => call(createUser, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'users'] }),
    gcTime: 0,
  });
}

/** Disables an account or makes it an administrator, or undoes that. */
export function useUpdateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; disabled?: boolean; isAdmin?: boolean }) =>
      call(updateUser, { params: { id: String(id) }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
}

/** Sets the password of an account, which ends its sign-ins. */
export function useResetPassword() {
  return useMutation({
    mutationFn: ({ id, password }: { id: number; password: string }) =>
      call(resetUserPassword, { params: { id: String(id) }, body: { password } }),
    gcTime: 0,
  });
}

/** Deletes an account with its personal objects. */
export function useDeleteUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteUser, { params: { id: String(id) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'users'] }),
  });
}

/** The API keys of an account; for administrators. */
export const userApiKeys = (userId: number) =>
  queryOptions({
    queryKey: ['accounts', 'user-api-keys', userId],
    queryFn: () => call(listUserApiKeys, { params: { id: String(userId) } }),
    staleTime: 0,
    refetchInterval: lookAgainMs,
  });

/** Deletes an API key of an account, which becomes invalid at once. */
export function useDeleteUserApiKey(userId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keyId: number) => call(deleteUserApiKey, { params: { id: String(userId), keyId: String(keyId) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
}
